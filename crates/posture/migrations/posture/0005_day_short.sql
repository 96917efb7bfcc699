-- Runs in which nothing got through, and whose figure was not the promised one.
ALTER TABLE day ADD COLUMN short INTEGER NOT NULL DEFAULT 0;
