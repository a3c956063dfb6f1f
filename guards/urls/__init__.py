"""May this URL be fetched?"""
