//! The tables of the platform: integrations, their signing secrets, their instances.

/// The SQL that creates the tables.
pub(super) const PLATFORM: &str = "
CREATE TABLE platform_integrations (
    integration_id TEXT PRIMARY KEY,
    -- The name of an integration that runs on this machine; none has it that was deployed.
    local_name TEXT UNIQUE,
    token TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE platform_signing_secrets (
    integration_id TEXT NOT NULL REFERENCES platform_integrations (integration_id),
    secret TEXT NOT NULL,
    created INTEGER NOT NULL,
    ends INTEGER
);
CREATE INDEX platform_signing_secrets_by_integration ON platform_signing_secrets (integration_id, created);
CREATE TABLE platform_instances (
    webhook_id TEXT PRIMARY KEY,
    integration_id TEXT NOT NULL REFERENCES platform_integrations (integration_id),
    bot_id TEXT NOT NULL,
    bot_user_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    configuration_type TEXT,
    configuration TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (bot_id, alias)
) WITHOUT ROWID;
";
