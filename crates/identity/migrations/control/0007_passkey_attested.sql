-- Whether a passkey showed, when it was added, that it is a hardware key of a maker that counts.
ALTER TABLE passkey ADD COLUMN attested INTEGER NOT NULL DEFAULT 0;
