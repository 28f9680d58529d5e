UPDATE $schema.product SET version = version + 1 WHERE id = ? RETURNING version
