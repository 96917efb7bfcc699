-- A sign-in from a network that the account does not know, which waits for the link that was mailed: how it was shown
-- who it is, what the link is checked against, the network, and when the link was used.
ALTER TABLE attempt ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
ALTER TABLE attempt ADD COLUMN link_lookup TEXT;
ALTER TABLE attempt ADD COLUMN link_salt BLOB;
ALTER TABLE attempt ADD COLUMN link_hash BLOB;
ALTER TABLE attempt ADD COLUMN network BLOB;
ALTER TABLE attempt ADD COLUMN confirmed_at INTEGER;

CREATE UNIQUE INDEX attempt_link ON attempt (link_lookup) WHERE link_lookup IS NOT NULL;
