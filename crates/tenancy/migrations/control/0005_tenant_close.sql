-- When a tenant that its owner closed is deleted for good; nothing while it is open, or was suspended by staff.
ALTER TABLE tenant ADD COLUMN deleted_from INTEGER;
