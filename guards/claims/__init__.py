"""Does a report say what its sources say?"""
