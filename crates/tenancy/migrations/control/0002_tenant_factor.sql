-- Of which of its people a tenant wants a second factor.
ALTER TABLE tenant ADD COLUMN factor_wanted TEXT NOT NULL DEFAULT 'nobody'
    CHECK (factor_wanted IN ('nobody', 'owners', 'everybody'));
