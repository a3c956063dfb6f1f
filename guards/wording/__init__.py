"""Does a worded sentence say no more than its quotes?"""
