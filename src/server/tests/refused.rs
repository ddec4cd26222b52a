//! A purchase that the rules refuse is no fault of the server, with JavaScript and without; and what it costs is not for
//! the buyer's browser to say.

use sqlx::PgPool;

use super::scene::{DATA, PAGE, path_of};
use crate::{
    orders::OrderState,
    testing::{
        Answer, Browser,
        shop::{NEVER_ANSWERS, Shop},
    },
};

/// A shop, and a buyer who came for its event.
struct Counter {
    shop: Shop,
    buyer: Browser,
}

impl Counter {
    async fn open(pool: PgPool, capacity: i32) -> Self {
        let shop = Shop::open(pool, capacity).await;
        Self { buyer: Browser::new(&shop.stage), shop }
    }

    /// Asks for so many tickets; more fields may come along.
    async fn ask(&mut self, quantity: &str, accept: &str, more: &[(&str, &str)]) -> Answer {
        let (kind, key) = (self.shop.event.types[0].to_string(), crate::platform::secrets::random_token());
        let form = [
            ("form[event]", self.shop.event.slug.as_str()),
            ("form[key]", &key),
            ("form[wishes][0][ticket_type]", &kind),
            ("form[wishes][0][quantity]", quantity),
        ];
        self.buyer.at = format!("/e/{}", self.shop.event.slug);
        self.buyer.post(&path_of("hold_tickets"), &[&form[..], more].concat(), accept).await
    }

    async fn pay(&mut self, token: &str, phone: &str, accept: &str, more: &[(&str, &str)]) -> Answer {
        let key = crate::platform::secrets::random_token();
        let form = [
            ("form[token]", token),
            ("form[key]", &key),
            ("form[name]", "Amina Otieno"),
            ("form[email]", "amina@example.org"),
            ("form[phone]", phone),
        ];
        self.buyer.at = format!("/o/{token}");
        self.buyer.post(&path_of("pay_order"), &[&form[..], more].concat(), accept).await
    }

    /// Refused over the wire, and on the page that a plain form leads back to.
    async fn refuses(&mut self, quantity: &str, (word, sentence): (&str, &str)) {
        let data = self.ask(quantity, DATA, &[]).await;
        let plain = self.ask(quantity, PAGE, &[]).await;
        self.assert_refused(&data, &plain, (word, sentence)).await;
    }

    async fn assert_refused(&mut self, data: &Answer, plain: &Answer, (word, sentence): (&str, &str)) {
        assert_eq!(data.status.as_u16(), 409, "{}", data.body);
        assert!(data.body.contains(word), "{}", data.body);
        assert_eq!(plain.status.as_u16(), 302, "{}", plain.body);
        let origin = self.shop.stage.app.config.origin();
        let page = self.buyer.get(plain.location().strip_prefix(origin.as_str()).expect("our own page")).await;
        assert_eq!(page.status.as_u16(), 409, "{word}: the page that tells has the refusal's status");
        assert!(page.body.contains(sentence), "{word}: says in words: {sentence}");
    }

    async fn change(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.shop.stage.app.db).await.expect("changed");
    }

    async fn orders(&self) -> i64 {
        let (count,): (i64,) =
            sqlx::query_as("select count(*) from orders").fetch_one(&self.shop.stage.app.db).await.expect("a count");
        count
    }
}

#[sqlx::test]
async fn sold_out_is_told_with_its_status(pool: PgPool) {
    let mut counter = Counter::open(pool, 2).await;
    counter.shop.hold(2).await.expect("a hold");
    counter.refuses("1", ("SoldOut", "sold out")).await;
    assert_eq!(counter.orders().await, 1);
}

#[sqlx::test]
async fn fewer_than_wished_is_told_with_its_status(pool: PgPool) {
    let mut counter = Counter::open(pool, 2).await;
    counter.refuses("3", ("NotEnough", "Only 2 left")).await;
    assert_eq!(counter.orders().await, 0);
}

#[sqlx::test]
async fn more_than_an_order_may_take_is_told_with_its_status(pool: PgPool) {
    let mut counter = Counter::open(pool, 100).await;
    counter.refuses("11", ("TooMany", "10")).await;
    assert_eq!(counter.orders().await, 0);
}

#[sqlx::test]
async fn a_sale_that_is_not_open_is_told_with_its_status(pool: PgPool) {
    let mut counter = Counter::open(pool, 10).await;
    let windows = [
        "update ticket_type set sale_starts_at = now() + interval '1 day'",
        "update ticket_type set sale_starts_at = null, sale_ends_at = now() - interval '1 hour'",
        "update event set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day'",
    ];
    for window in windows {
        counter.change(window).await;
        counter.refuses("1", ("NotOnSale", "not on sale")).await;
    }
    assert_eq!(counter.orders().await, 0);
}

#[sqlx::test]
async fn an_event_that_was_taken_offline_is_not_found(pool: PgPool) {
    let mut counter = Counter::open(pool, 10).await;
    counter.change("update event set state = 'draft', published_at = null").await;
    assert_eq!(counter.ask("1", DATA, &[]).await.status.as_u16(), 404);
    assert_eq!(counter.orders().await, 0);
}

#[sqlx::test]
async fn a_hold_that_has_ended_is_told_with_its_status(pool: PgPool) {
    let mut counter = Counter::open(pool, 10).await;
    let token = counter.shop.hold(1).await.expect("a hold");
    counter.shop.let_holds_end().await;
    let data = counter.pay(&token, NEVER_ANSWERS, DATA, &[]).await;
    let plain = counter.pay(&token, NEVER_ANSWERS, PAGE, &[]).await;
    counter.assert_refused(&data, &plain, ("Expired", "time to pay is over")).await;
    let (payments,): (i64,) =
        sqlx::query_as("select count(*) from payment").fetch_one(&counter.shop.stage.app.db).await.expect("a count");
    assert_eq!(payments, 0);
}

/// What a dishonest browser sends along.
const PRICES: &[(&str, &str)] = &[
    ("price", "1"),
    ("total", "1"),
    ("amount", "1"),
    ("currency", "UGX"),
    ("form[price]", "1"),
    ("form[price_minor]", "1"),
    ("form[total]", "1"),
    ("form[total_minor]", "1"),
    ("form[amount]", "1"),
    ("form[currency]", "UGX"),
    ("form[state]", "paid"),
    ("form[wishes][0][price]", "1"),
    ("form[wishes][0][unit_minor]", "1"),
];

#[sqlx::test]
async fn prices_and_totals_that_the_buyer_sends_are_ignored(pool: PgPool) {
    let mut counter = Counter::open(pool, 10).await;
    for (accept, phone) in [(DATA, NEVER_ANSWERS), (PAGE, "0722340006")] {
        let held = counter.ask("2", accept, PRICES).await;
        let token = held.location().rsplit('/').next().expect("a token").to_owned();
        let page = counter.shop.page(&token).await;
        assert_eq!((page.total.minor, page.total.currency.to_string()), (300_000, "KES".to_owned()), "{accept}");
        let paid = counter.pay(&token, phone, accept, PRICES).await;
        assert!(paid.location().ends_with(&format!("/o/{token}")), "{accept}: {} {}", paid.status, paid.body);
        counter.shop.stage.drain_jobs().await;
        assert_eq!(counter.shop.page(&token).await.state, OrderState::Pending, "{accept}");
    }
    let asked: Vec<(i64, i64)> =
        sqlx::query_as("select amount_minor, (select total_minor from orders limit 1) from payment")
            .fetch_all(&counter.shop.stage.app.db)
            .await
            .expect("payments");
    assert_eq!(asked, [(300_000, 300_000); 2]);
    counter.shop.audit().await;
}
