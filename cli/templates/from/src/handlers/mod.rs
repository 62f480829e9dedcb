//! What the integration does: a file for each handler.

{{modules}}
