"""The tables of the index, as the first release made them; later scripts change them."""

from __future__ import annotations

INDEX_TABLES = """
CREATE TABLE collections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    passages INTEGER NOT NULL DEFAULT 0,
    title_terms INTEGER NOT NULL DEFAULT 0,
    body_terms INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE documents (
    collection INTEGER NOT NULL REFERENCES collections (id),
    location TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (collection, location)
) WITHOUT ROWID;
CREATE INDEX documents_source ON documents (collection, source);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL REFERENCES collections (id),
    source TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX passages_source ON passages (collection, source);
"""
