"""The call pipeline: the steps that every call goes through."""
