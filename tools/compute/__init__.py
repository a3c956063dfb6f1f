"""Work things out: code in an interpreter that has nothing of this machine."""
