//! Users and conversations that an integration created at the request of a bot.

use serde_json::{Map, Value};

use crate::client::{ConversationId, UserId};

/// Declares the answer to a request to create an object.
macro_rules! created {
    ($(#[$doc:meta])* $name:ident($id:ty) = $field:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[must_use = "return it from the handler"]
        pub struct $name {
            id: $id,
            fields: Map<String, Value>,
        }

        impl $name {
            /// Creates an answer with the id, or with that of an object of the client.
            pub fn new(created: impl Into<$id>) -> Self {
                Self {
                    id: created.into(),
                    fields: Map::new(),
                }
            }

            /// Adds a field to the answer, beside the object. Botpress needs none.
            pub fn with_field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
                self.fields.insert(name.into(), value.into());
                self
            }

            /// Returns the body of the response.
            pub(in crate::call) fn to_json(&self) -> Value {
                let mut body = self.fields.clone();
                let mut object = Map::new();
                object.insert("id".to_owned(), self.id.as_str().into());
                body.shift_insert(0, $field.to_owned(), object.into());
                body.into()
            }
        }
    };
}

created! {
    /// The user that an integration found or created at the request of a bot.
    ///
    /// ```
    /// # use contexture::{CreatedUser, Definition, Result, client::Client};
    /// # async fn example<D: Definition>(client: Client<D>, tags: D::UserTags) -> Result<CreatedUser> {
    /// let user = client.users().get_or_create(&tags).send().await?;
    /// Ok(CreatedUser::new(&user))
    /// # }
    /// ```
    CreatedUser(UserId) = "user"
}

created! {
    /// The conversation that an integration found or created at the request of a bot.
    ///
    /// ```
    /// # use contexture::{Channel, CreatedConversation, Result, client::Client};
    /// # async fn example<K: Channel>(
    /// #     client: Client<K::Definition>, tags: K::ConversationTags,
    /// # ) -> Result<CreatedConversation> {
    /// let conversation = client.conversations().get_or_create::<K>(&tags).send().await?;
    /// Ok(CreatedConversation::new(&conversation))
    /// # }
    /// ```
    CreatedConversation(ConversationId) = "conversation"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_has_the_id_and_fields_that_do_not_replace_it() {
        let user = CreatedUser::new(UserId::new("u")).with_field("user", "other");
        let user = user.with_field("login", "ada").to_json().to_string();
        assert_eq!(user, r#"{"user":{"id":"u"},"login":"ada"}"#);
        let conversation = CreatedConversation::new(ConversationId::new("c")).to_json();
        assert_eq!(conversation, json!({ "conversation": { "id": "c" } }));
    }
}
