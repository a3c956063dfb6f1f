"""Does a sentence speak to the program that reads it?"""
