//! Every route of the process and the layers around them, in order.

use std::sync::LazyLock;

use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request, State},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, header::CACHE_CONTROL, request::Parts};
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list};
use leptos_router::SsrMode;

use super::{
    calendar, downloads, keeping, live,
    page_cache::{self, Marks, PageCache},
    pictures, pwa, seating,
    security::{self, CspNonce},
    typed::{Sent, TypedForms},
    waiting, webhooks,
};
use crate::{
    app::{App, SiteFiles, shell},
    error::StatusSink,
    messaging::mailbox,
    platform::{http::status_sink, secrets, state::AppState},
    ui::{FormKey, ServerNow},
};

/// What axum hands to the routes.
#[derive(Clone, FromRef)]
pub struct Context {
    pub app: AppState,
    pub options: LeptosOptions,
    pub routes: Vec<AxumRouteListing>,
    pub files: SiteFiles,
    pub pages: PageCache,
    pub typed: TypedForms,
}

/// The whole site.
pub fn router(app: AppState) -> Router {
    let options = leptos_options(&app);
    let files = pwa::site_files(&app.config);
    let context = Context {
        app: app.clone(),
        options,
        routes: routes(),
        files,
        pages: PageCache::default(),
        typed: TypedForms::default(),
    };
    let routes = Router::new()
        .merge(live::routes(&context.app))
        .route("/desk/{org}/events/{event}/attendees.csv", get(downloads::attendees))
        .route("/desk/{org}/events/{event}/codes.csv", get(downloads::codes))
        .merge(pwa::routes(&context.app.config, &context.files))
        .merge(calendar::routes(context.app.clone()))
        .merge(mailbox::routes(context.app.clone()))
        .merge(webhooks::routes(context.app.clone()))
        .merge(pictures::routes(context.app.clone()))
        .merge(seating::routes())
        .merge(waiting::routes(context.app.clone(), context.files.clone()))
        .route("/api/fn/{*name}", get(answer_server_fn).post(answer_server_fn))
        .leptos_routes_with_handler(context.routes.clone(), get(render))
        .fallback(leptos_axum::file_and_error_handler_with_context::<Context, _>(provide(&context, fresh_key()), shell))
        .layer(middleware::from_fn(keeping::keep))
        .layer(keeping::shrink())
        .with_state(context);
    security::around(routes, &app)
}

/// Every page waits for its data before its first byte: so it has the right status, and reads well without script.
pub(super) fn routes() -> Vec<AxumRouteListing> {
    // While leptos lists them, no resource of the whole process loads: a page that another router shows just then would
    // wait for ever. So they are listed once, before the first page is shown.
    static FOUND: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
        let found = generate_route_list(App).into_iter();
        found
            .map(|route| {
                let methods: Vec<_> = route.methods().collect();
                AxumRouteListing::new(route.path().to_owned(), SsrMode::Async, methods, Vec::new())
            })
            .collect()
    });
    FOUND.clone()
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
fn provide(context: &Context, key: FormKey) -> impl Fn() + Clone + Send + use<> {
    let (app, files) = (context.app.clone(), context.files.clone());
    move || {
        provide_context(app.clone());
        provide_context(files.clone());
        provide_context(ServerNow(app.now()));
        provide_context(key.clone());
        if let Some(CspNonce(nonce)) = use_context::<Parts>().and_then(|parts| parts.extensions.get().cloned()) {
            provide_context(Nonce::from_value(nonce));
        }
        if let (Some(parts), Some(answer)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) {
            provide_context::<StatusSink>(status_sink(&parts, answer));
        }
    }
}

async fn answer_server_fn(State(context): State<Context>, request: Request) -> Response {
    let config = &context.app.config;
    let (sent, request) = Sent::read(config, request).await;
    let provide = provide(&context, fresh_key());
    let answer = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    match sent {
        Some(sent) => context.typed.follow(config, sent, answer),
        None => answer,
    }
}

/// The key of one answer's forms.
fn fresh_key() -> FormKey {
    FormKey(secrets::random_token())
}

/// A page: a public one from the cache when it was rendered just now.
async fn render(State(context): State<Context>, request: Request<Body>) -> Response {
    let key = fresh_key();
    let (parts, body) = request.into_parts();
    let kept = page_cache::name_of(&parts).zip(Marks::of(&parts, &key));
    if let Some(answer) = kept.as_ref().and_then(|(name, marks)| context.pages.find(name, marks)) {
        return answer;
    }
    let pages = context.pages.clone();
    let typed = context.typed.find(&context.app.config, &parts);
    let provide = {
        let (provide, typed) = (provide(&context, key), typed.clone());
        move || {
            provide();
            if let Some(typed) = typed.clone() {
                provide_context(typed);
            }
        }
    };
    let mut answer = rendered(&context, Request::from_parts(parts, body), provide).await;
    if typed.is_some() {
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    match kept {
        Some((name, marks)) => pages.keep(name, &marks, answer).await,
        None => answer,
    }
}

/// The page of an address that a plain form was sent to, with what `tell` puts into its context. It is nobody else's.
pub(super) async fn show(
    context: &Context,
    request: Request<Body>,
    tell: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let provide = provide(context, fresh_key());
    let provide = move || {
        provide();
        tell();
    };
    let mut answer = rendered(context, request, provide).await;
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

async fn rendered(
    context: &Context,
    request: Request<Body>,
    provide: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let options = context.options.clone();
    let handler =
        leptos_axum::render_route_with_context(context.routes.clone(), provide, move || shell(options.clone()));
    handler(State(context.clone()), request).await.into_response()
}
