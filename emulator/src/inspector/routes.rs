//! The addresses of the pages.

use axum::Router;
use axum::extract::Path;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};

use super::failure::Failure;
use super::guard::protect;
use super::page::ROOT;
use super::state::Inspector;
use super::{actions, assets, calls, chat, data, deployed, events, instance, log, webhook};
use crate::platform::{Integrations, Platform};
use crate::program::Program;

/// The pages of a platform, at `/inspector`, to which `/` leads. They take no other paths but `/favicon.ico`.
///
/// Requests that name another host than this machine, and requests of other sites, are refused.
pub fn routes(platform: Platform, program: Program) -> Router {
    let api = platform.parts().api.clone();
    let integrations = Integrations::new(api, Some(platform.clone()));
    all_routes(platform, integrations, program)
}

/// The same, with pages of the integrations that were deployed beside the platform.
pub fn all_routes(platform: Platform, integrations: Integrations, program: Program) -> Router {
    let inspector = Inspector::new(platform, integrations, program);
    Router::new()
        .route("/", get(|| async { Redirect::to(ROOT) }))
        .route("/favicon.ico", get(assets::icon))
        .merge(pages().with_state(inspector))
        .layer(from_fn(protect))
}

fn pages() -> Router<Inspector> {
    let pages = Router::new()
        .route("/", get(calls::list))
        .route("/clear", post(calls::clear))
        .route("/calls/{id}", get(calls::exchange))
        .route("/calls/{id}/request", get(calls::raw_request))
        .route("/calls/{id}/response", get(calls::raw_response))
        .route("/calls/{id}/replay", post(calls::replay))
        .route(
            "/calls/{id}/edit",
            get(calls::edit).post(calls::replay_edited),
        )
        .route(
            "/install",
            get(instance::show_install).post(instance::install),
        )
        .route("/deployed", get(deployed::list))
        .route(
            "/deployed/{id}/install",
            get(instance::show_install).post(instance::install),
        )
        .nest("/instances/{id}", of_instance())
        .route("/trace/{trace}", get(log::of_trace))
        .route("/log", get(log::show))
        .route("/events", get(events::listen))
        .route("/style.css", get(assets::style))
        .route("/script.js", get(assets::script))
        .route("/icon.svg", get(assets::icon))
        .route("/sample.svg", get(assets::sample))
        .route("/{*path}", any(unknown));
    Router::new().nest(ROOT, pages)
}

fn of_instance() -> Router<Inspector> {
    Router::new()
        .route("/", get(instance::overview).post(instance::configure))
        .route("/register", post(instance::register))
        .route("/unregister", post(instance::unregister))
        .route("/ping", post(instance::ping))
        .route("/rotate", post(instance::rotate))
        .route("/uninstall", post(instance::uninstall))
        .route("/remove", post(instance::remove))
        .route("/actions", get(actions::list))
        .route("/actions/{action}", get(actions::show).post(actions::call))
        .route("/chat", get(chat::list).post(chat::create))
        .route("/chat/{conversation}", get(chat::show).post(chat::send))
        .route("/data/{kind}", get(data::show))
        .route("/files/{file}", get(data::download))
        .route("/webhook", get(webhook::show).post(webhook::send))
}

async fn unknown(Path(path): Path<String>) -> Response {
    Failure::not_found("page", &path).into_response()
}
