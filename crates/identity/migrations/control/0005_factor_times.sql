-- When what is being set up was begun, and when a telephone was confirmed.
ALTER TABLE totp ADD COLUMN pending_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE phone ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0;
