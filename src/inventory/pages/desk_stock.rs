//! `/desk/:org/events/:event/stock`: pools, what draws on them, what is set aside.

use leptos::{context::Provider, prelude::*};

use crate::{
    error::AppError,
    events::ui::{EventDesk, EventHeader},
    i18n::{t, t_string, use_i18n},
    inventory::{
        AddPool, Block, BlockStock, ChangePool, DeskPool, Drawer, LimitBuyers, ReleaseBlock, RemovePool, StockDesk,
        list_stock,
    },
    ui::{
        Badge, Button, Card, Checkbox, Confirm, Field, FieldKind, FormFrame, FormScope, Hidden, Icon, IconView, Load,
        Size, Tone, When, WhenStyle, load,
    },
};

#[component]
pub fn DeskStockPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let stock = load(
        move || desk.get(),
        |desk| async move { list_stock(desk.org, desk.event.parse().map_err(|_| AppError::NotFound)?).await },
    );
    view! {
        <Load from=stock let:stock>
            <Whole stock/>
        </Load>
    }
    .into_any()
}

#[component]
fn Whole(stock: StockDesk) -> impl IntoView {
    let i18n = use_i18n();
    let types = stock.types;
    let pools = stock.pools.into_iter().map(|pool| view! { <PoolCard pool types=types.clone()/> }).collect_view();
    view! {
        <EventHeader event=stock.event/>
        <div class="grid max-w-3xl gap-4">
            <p class="text-muted">{t!(i18n, inventory.pools_lead)}</p>
            {pools}
            <AddForm types=types.clone()/>
            <LimitForm most=stock.buyer_max/>
        </div>
    }
}

/// The fields that say which event a form is about.
#[component]
fn Where() -> impl IntoView {
    let desk = EventDesk::of_address().get_untracked();
    view! {
        <Hidden name="org" value=desk.org/>
        <Hidden name="event" value=desk.event/>
    }
}

/// A pool in a line; what can be done with it below when opened: no script needed.
#[component]
fn PoolCard(pool: DeskPool, types: Vec<Drawer>) -> impl IntoView {
    let i18n = use_i18n();
    let id = pool.pool_id.to_string();
    let is_shared = pool.own_type.is_none();
    let free = pool.free();
    view! {
        <details class="group rounded-box border border-base-300 bg-base-100">
            <summary class="flex min-h-11 cursor-pointer list-none items-center gap-4 p-4">
                <span class="grid min-w-0 flex-1 gap-0.5">
                    <span class="flex flex-wrap items-center gap-2">
                        <span class="truncate font-display text-lg font-bold">{pool.name.clone()}</span>
                        {is_shared.then(|| view! { <Badge>{t!(i18n, inventory.pools_shared)}</Badge> })}
                    </span>
                    <span class="text-sm text-muted tabular-nums">
                        {t!(i18n, events.desk_sold_of, sold = pool.sold, capacity = pool.capacity)}
                        {(pool.held > 0).then(|| view! { " · "{t!(i18n, inventory.pools_held, count = pool.held)} })}
                        {(pool.blocked > 0).then(|| view! { " · "{t!(i18n, inventory.pools_blocked, count = pool.blocked)} })}
                        " · "{t!(i18n, inventory.pools_free, count = free)}
                    </span>
                </span>
                <span class="group-open:rotate-180"><IconView icon=Icon::ChevronDown/></span>
            </summary>
            <div class="grid gap-6 border-t border-base-300 p-4">
                <Provider value=FormScope(id.clone())>
                    {is_shared.then(|| view! { <ChangeForm pool=pool.clone() types/> })}
                    <Blocks blocks=pool.blocks.clone()/>
                    <BlockForm pool=id.clone()/>
                    {is_shared.then(|| view! { <RemoveForm id name=pool.name/> })}
                </Provider>
            </div>
        </details>
    }
}

#[component]
fn ChangeForm(pool: DeskPool, types: Vec<Drawer>) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangePool>::new();
    view! {
        <FormFrame action>
            <Where/>
            <Hidden name="pool" value=pool.pool_id.to_string()/>
            <PoolFields pool=Some(pool) types/>
            <div><Button>{t!(i18n, events.form_save)}</Button></div>
        </FormFrame>
    }
}

#[component]
fn AddForm(types: Vec<Drawer>) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<AddPool>::new();
    view! {
        <Card title=t_string!(i18n, inventory.pools_add).to_string()>
            <FormFrame action>
                <Where/>
                <PoolFields pool=None types/>
                <div><Button icon=Icon::Plus>{t!(i18n, inventory.pools_add)}</Button></div>
            </FormFrame>
        </Card>
    }
}

/// Name, size, and the types that draw on it.
#[component]
fn PoolFields(pool: Option<DeskPool>, types: Vec<Drawer>) -> impl IntoView {
    let i18n = use_i18n();
    let (name, capacity, drawing) = match pool {
        Some(pool) => (pool.name, pool.capacity.to_string(), pool.types),
        None => (String::new(), String::new(), Vec::new()),
    };
    let boxes = types.into_iter().enumerate().map(|(row, kind)| {
        let checked = drawing.contains(&kind.ticket_type_id);
        let value = kind.ticket_type_id.to_string();
        view! { <Checkbox name=format!("form[types][{row}]") label=kind.name value checked/> }
    });
    view! {
        <div class="grid gap-4 sm:grid-cols-2">
            <Field name="form[name]" label=t_string!(i18n, inventory.pools_name).to_string() hint=t_string!(i18n, inventory.pools_name_hint).to_string() value=name required=true/>
            <Field name="form[capacity]" kind=FieldKind::Number label=t_string!(i18n, events.types_capacity).to_string() value=capacity required=true/>
        </div>
        <fieldset class="grid">
            <legend class="text-sm font-semibold">{t!(i18n, inventory.pools_types)}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}

/// What is set aside of a pool, each with the button that puts it back on sale.
#[component]
fn Blocks(blocks: Vec<Block>) -> impl IntoView {
    let i18n = use_i18n();
    let is_any = !blocks.is_empty();
    let rows = blocks.into_iter().map(|block| {
        let action = ServerAction::<ReleaseBlock>::new();
        view! {
            <li class="flex flex-wrap items-center justify-between gap-3 py-2">
                <span>
                    <span class="font-semibold tabular-nums">{block.quantity}" · "{block.reason}</span>
                    <span class="block text-sm text-muted"><When at=block.since style=WhenStyle::Short/></span>
                </span>
                <FormFrame action>
                    <Where/>
                    <Hidden name="block" value=block.block_id.to_string()/>
                    <Button tone=Tone::Secondary size=Size::Small icon=Icon::Undo>{t!(i18n, inventory.pools_release)}</Button>
                </FormFrame>
            </li>
        }
    });
    let rows = rows.collect_view();
    is_any.then(|| {
        view! {
            <section>
                <h3 class="font-semibold">{t!(i18n, inventory.pools_set_aside)}</h3>
                <ul class="grid divide-y divide-base-300">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn BlockForm(pool: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<BlockStock>::new();
    view! {
        <FormFrame action>
            <Where/>
            <Hidden name="form[pool]" value=pool/>
            <div class="grid gap-4 sm:grid-cols-[8rem_1fr]">
                <Field name="form[quantity]" kind=FieldKind::Number label=t_string!(i18n, events.types_capacity).to_string() required=true/>
                <Field name="form[reason]" label=t_string!(i18n, inventory.pools_reason).to_string() hint=t_string!(i18n, inventory.pools_reason_hint).to_string() required=true/>
            </div>
            <div><Button tone=Tone::Secondary icon=Icon::Lock>{t!(i18n, inventory.pools_block)}</Button></div>
        </FormFrame>
    }
}

#[component]
fn RemoveForm(id: String, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<RemovePool>::new();
    let label = t_string!(i18n, inventory.pools_remove, name = name.clone()).to_string();
    let question = t_string!(i18n, inventory.pools_remove_text, name = name).to_string();
    view! {
        <div>
            <Confirm id=format!("remove-{id}") label=label.clone() title=question tone=Tone::Quiet>
                <FormFrame action>
                    <Where/>
                    <Hidden name="pool" value=id/>
                    <Button tone=Tone::Danger wide=true>{label}</Button>
                </FormFrame>
            </Confirm>
        </div>
    }
}

/// How many tickets of the event one person may have.
#[component]
fn LimitForm(most: Option<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<LimitBuyers>::new();
    let value = most.map(|most| most.to_string()).unwrap_or_default();
    view! {
        <Card title=t_string!(i18n, inventory.limit_title).to_string()>
            <FormFrame action>
                <Where/>
                <Field name="most" kind=FieldKind::Number label=t_string!(i18n, inventory.limit_event).to_string() hint=t_string!(i18n, inventory.limit_hint).to_string() value/>
                <div><Button tone=Tone::Secondary>{t!(i18n, events.form_save)}</Button></div>
            </FormFrame>
        </Card>
    }
}
