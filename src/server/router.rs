//! Every route of the process and the layers around them, in order.

use axum::{Router, body::Body, middleware, extract::{FromRef, Request, State}, response::{IntoResponse, Response}, routing::get};
use http::request::Parts;
use leptos::prelude::*;
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list};

use super::session;
use crate::{
    app::{App, shell},
    error::StatusSink,
    platform::{http::status_sink, state::AppState},
};

/// What axum hands to the routes.
#[derive(Clone, FromRef)]
pub struct Context {
    pub app: AppState,
    pub options: LeptosOptions,
    pub routes: Vec<AxumRouteListing>,
}

/// The whole site.
pub fn router(app: AppState) -> Router {
    let options = leptos_options(&app);
    let context = Context { app: app.clone(), options, routes: generate_route_list(App) };
    Router::new()
        .route("/api/fn/{*name}", get(answer_server_fn).post(answer_server_fn))
        .leptos_routes_with_handler(context.routes.clone(), get(render))
        .fallback(leptos_axum::file_and_error_handler::<Context, _>(shell))
        .with_state(context)
        .layer(middleware::from_fn_with_state(app, session::layer))
}

fn leptos_options(app: &AppState) -> LeptosOptions {
    // The build lays it there. An absolute path, as leptos would look beside the executable; without the file there are no
    // browser's files yet, as in tests.
    let hashes = std::path::absolute(&app.config.site).unwrap_or_default().join("hash.txt");
    LeptosOptions::builder()
        .output_name("lango")
        .site_root(app.config.site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(app.config.addr)
        .hash_files(hashes.exists())
        .hash_file(hashes.to_string_lossy().into())
        .build()
}

/// What every page and server function finds in its context.
fn provide(app: &AppState) -> impl Fn() + Clone + Send + use<> {
    let app = app.clone();
    move || {
        provide_context(app.clone());
        if let (Some(parts), Some(answer)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) {
            provide_context::<StatusSink>(status_sink(&parts, answer));
        }
    }
}

async fn answer_server_fn(State(context): State<Context>, request: Request) -> impl IntoResponse {
    leptos_axum::handle_server_fns_with_context(provide(&context.app), request).await
}

async fn render(State(context): State<Context>, request: Request<Body>) -> Response {
    let options = context.options.clone();
    let handler = leptos_axum::render_route_with_context(
        context.routes.clone(),
        provide(&context.app),
        move || shell(options.clone()),
    );
    handler(State(context), request).await.into_response()
}
