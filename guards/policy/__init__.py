"""May this person do this, and may this call be made?"""
