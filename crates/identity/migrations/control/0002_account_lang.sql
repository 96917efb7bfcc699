-- The language of letters.
ALTER TABLE account ADD COLUMN lang TEXT NOT NULL DEFAULT 'en';
ALTER TABLE sign_up ADD COLUMN lang TEXT NOT NULL DEFAULT 'en';
