-- What a token may (words with spaces between, RFC 6749), and in which tenant alone. Tokens from before may all.
ALTER TABLE token ADD COLUMN scopes TEXT NOT NULL DEFAULT 'all';
ALTER TABLE token ADD COLUMN tenant TEXT;
