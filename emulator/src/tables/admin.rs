//! The tables of the admin API: accounts, workspaces, and what was deployed.

/// The SQL that creates the tables.
pub(super) const ADMIN: &str = "
CREATE TABLE admin_tokens (
    token TEXT PRIMARY KEY,
    account_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE admin_workspaces (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    name TEXT NOT NULL,
    handle TEXT UNIQUE,
    -- What its owner can set beside the name and the handle, as JSON.
    profile TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE admin_integrations (
    id TEXT PRIMARY KEY REFERENCES platform_integrations (integration_id),
    workspace_id TEXT NOT NULL REFERENCES admin_workspaces (id),
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    is_dev INTEGER NOT NULL,
    visibility TEXT NOT NULL,
    verification TEXT NOT NULL,
    url TEXT,
    -- The definition and the secrets, as JSON.
    definition TEXT NOT NULL,
    secrets TEXT NOT NULL,
    -- The names of contents.
    code TEXT,
    icon TEXT,
    readme TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX admin_integrations_by_version ON admin_integrations (name, version) WHERE NOT is_dev;
CREATE INDEX admin_integrations_by_name ON admin_integrations (workspace_id, name);
CREATE TABLE admin_keys (
    id TEXT PRIMARY KEY,
    integration_id TEXT NOT NULL REFERENCES admin_integrations (id),
    note TEXT NOT NULL,
    value TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE admin_interfaces (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    definition TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (name, version)
) WITHOUT ROWID;
";
