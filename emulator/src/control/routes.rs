//! The routes.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use bytes::Bytes;

use super::body::{Json, Refusal, read};
use super::guard::guard;
use super::{BASE, Control};

type Answer = Result<Json, Refusal>;

/// The routes of the control API.
pub fn routes(control: Control) -> Router {
    let routes = Router::new()
        .route("/state", get(state))
        .route("/definition", get(definition))
        .route("/configuration", post(configure))
        .route("/call", post(call))
        .route("/sign", post(sign))
        .route("/exchanges", get(exchanges))
        .route("/exchanges/{id}", get(exchange))
        .route("/exchanges/{id}/replay", post(replay))
        .layer(from_fn(guard))
        .with_state(control);
    Router::new().nest(BASE, routes)
}

async fn state(State(control): State<Control>) -> Answer {
    control.state().map(Json)
}

async fn definition(State(control): State<Control>) -> Json {
    Json(control.platform.definition().document().clone())
}

async fn configure(State(control): State<Control>, body: Bytes) -> Answer {
    control.configure(read(&body)?).await.map(Json)
}

async fn call(State(control): State<Control>, body: Bytes) -> Answer {
    control.call(read(&body)?).await.map(Json)
}

async fn sign(State(control): State<Control>, body: Bytes) -> Answer {
    control.sign(read(&body)?).map(Json)
}

async fn exchanges(State(control): State<Control>, RawQuery(query): RawQuery) -> Answer {
    control.exchanges(&query.unwrap_or_default()).map(Json)
}

async fn exchange(State(control): State<Control>, Path(id): Path<String>) -> Answer {
    control.exchange(&id).map(Json)
}

async fn replay(State(control): State<Control>, Path(id): Path<String>, body: Bytes) -> Answer {
    control.replay(&id, read(&body)?).await.map(Json)
}
