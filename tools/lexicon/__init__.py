"""Cut text into words, sentences and names, with offsets in Unicode code points."""
