-- Readers keep the histories that they read, and ask for what is newer.
CREATE INDEX run_newest ON run (number, control);
