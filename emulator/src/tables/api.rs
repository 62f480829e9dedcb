//! The tables of the API: the data of bots.

/// The SQL that creates the tables. An alias is the name of an installation within its bot.
pub(super) const API: &str = "
CREATE TABLE tags (
    owner TEXT NOT NULL,
    alias TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, alias, name)
) WITHOUT ROWID;
CREATE INDEX tags_by_value ON tags (alias, name, value);
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL,
    -- The installation that created the user; empty for the bot itself.
    alias TEXT NOT NULL,
    name TEXT,
    picture_url TEXT,
    properties TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX users_by_creation ON users (bot_id, alias, created_at, id);
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    integration TEXT NOT NULL,
    channel TEXT NOT NULL,
    properties TEXT NOT NULL,
    message_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_creation ON conversations (bot_id, alias, created_at, id);
CREATE TABLE participants (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    UNIQUE (conversation_id, user_id)
);
CREATE INDEX participants_by_user ON participants (user_id);
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    direction TEXT NOT NULL,
    origin TEXT,
    -- When a scheduled message is sent; it is hidden before.
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX messages_by_creation ON messages (bot_id, alias, created_at, id);
CREATE INDEX messages_by_conversation ON messages (conversation_id, created_at, id);
CREATE INDEX messages_by_schedule ON messages (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    conversation_id TEXT,
    user_id TEXT,
    message_id TEXT,
    status TEXT NOT NULL,
    due_at INTEGER,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX events_by_creation ON events (bot_id, alias, created_at, id);
CREATE INDEX events_by_schedule ON events (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE states (
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    type TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- In milliseconds.
    expiry INTEGER,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (bot_id, alias, type, owner_id, name)
) WITHOUT ROWID;
CREATE INDEX states_by_owner ON states (owner_id);
CREATE TABLE analytics (
    number INTEGER PRIMARY KEY,
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE configurations (
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    identifier TEXT,
    schedule TEXT,
    sandbox_identifiers TEXT,
    PRIMARY KEY (bot_id, alias)
) WITHOUT ROWID;
CREATE INDEX configurations_by_identifier ON configurations (identifier);
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    integration TEXT NOT NULL,
    key TEXT NOT NULL,
    content_type TEXT NOT NULL,
    -- Unknown until the content is uploaded.
    size INTEGER,
    status TEXT NOT NULL,
    failed_reason TEXT,
    metadata TEXT NOT NULL,
    is_public INTEGER NOT NULL,
    is_shared INTEGER NOT NULL,
    is_indexed INTEGER NOT NULL,
    -- The last part of the upload's address.
    upload_secret TEXT NOT NULL UNIQUE,
    -- Whether the upload has to carry the tag that makes it public at once.
    needs_tagging INTEGER NOT NULL,
    read_secret TEXT NOT NULL,
    -- The name of the content.
    content TEXT,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (bot_id, alias, key)
) WITHOUT ROWID;
CREATE TABLE passages (
    file_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    content TEXT NOT NULL,
    type TEXT NOT NULL,
    page INTEGER,
    PRIMARY KEY (file_id, position)
) WITHOUT ROWID;
CREATE TABLE knowledge_bases (
    id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
";
