//! `/desk/:org/team`: who is in the team, as what, and who is invited.

use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{t, t_string, use_i18n},
    orgs::{
        ChangeMemberRole, Invitation, InviteMember, Member, RemoveMember, Role, Team, WithdrawInvitation, get_team,
    },
    ui::{
        Badge, Button, Card, Confirm, Field, FieldKind, FormFrame, FormScope, Hidden, Icon, Load, PageTitle, Select,
        Size, Tone, When, WhenStyle, load,
    },
};

#[component]
pub fn TeamPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let org = move || params.read().get_str("org").unwrap_or_default().to_owned();
    let team = load(org, get_team);
    view! {
        <PageTitle text=t_string!(i18n, orgs.team_title).to_string() lead=t_string!(i18n, orgs.team_intro).to_string()/>
        <Load from=team let:team>
            <Whole org=org() team/>
        </Load>
    }
    .into_any()
}

#[component]
fn Whole(org: String, team: Team) -> impl IntoView {
    let i18n = use_i18n();
    let (me, is_managed) = (team.me, team.is_managed_by_me);
    let members = team.members.into_iter().map(|member| {
        let is_me = member.account_id == me;
        view! { <MemberRow org=org.clone() member is_me is_managed/> }
    });
    let members = members.collect_view();
    view! {
        <div class="grid max-w-3xl gap-6">
            <Card title=t_string!(i18n, orgs.members).to_string()>
                <ul class="grid divide-y divide-base-300">{members}</ul>
            </Card>
            {is_managed.then(|| view! {
                <InviteForm org=org.clone()/>
                <Invitations org=org.clone() rows=team.invitations/>
            })}
        </div>
    }
}

#[component]
fn MemberRow(org: String, member: Member, is_me: bool, is_managed: bool) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let id = member.account_id.to_string();
    view! {
        <li class="grid items-center gap-3 py-3 sm:grid-cols-[1fr_auto]">
            <div class="grid min-w-0 gap-1">
                <p class="font-semibold">{member.name.clone()} {is_me.then(|| view! { <span class="font-normal text-muted">" ("{t!(i18n, orgs.you)}")"</span> })}</p>
                <p class="truncate text-sm text-muted">{member.email.clone()}</p>
                <p class="flex flex-wrap items-center gap-2 text-sm text-muted"><Badge>{member.role.words(locale)}</Badge>{member.role.explained(locale)}</p>
            </div>
            <Provider value=FormScope(id.clone())><div class="flex flex-wrap items-center gap-2">
                {is_managed.then(|| view! { <RoleForm org=org.clone() id=id.clone() role=member.role name=member.name.clone()/> })}
                {(is_managed || is_me).then(|| view! { <RemovalForm org id name=member.name is_me/> })}
            </div></Provider>
        </li>
    }
}

fn role_options(locale: crate::i18n::Locale) -> Vec<(String, String)> {
    Role::ALL.map(|role| (role.to_string(), role.words(locale))).to_vec()
}

#[component]
fn RoleForm(org: String, id: String, role: Role, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangeMemberRole>::new();
    let options = Role::ALL.map(|choice| {
        view! { <option value=choice.to_string() selected=choice == role>{choice.words(i18n.get_locale_untracked())}</option> }
    });
    let label = format!("{}: {name}", t_string!(i18n, orgs.role));
    view! {
        <FormFrame action>
            <Hidden name="org" value=org/>
            <Hidden name="account_id" value=id/>
            <div class="flex items-center gap-2">
                <select name="role" aria-label=label class="select h-11 w-40">{options.collect_view()}</select>
                <Button size=Size::Small tone=Tone::Secondary>{t!(i18n, orgs.change_role)}</Button>
            </div>
        </FormFrame>
    }
}

#[component]
fn RemovalForm(org: String, id: String, name: String, is_me: bool) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<RemoveMember>::new();
    let (label, question) = if is_me {
        (t_string!(i18n, orgs.leave).to_string(), t_string!(i18n, orgs.leave_confirm).to_string())
    } else {
        (t_string!(i18n, orgs.remove).to_string(), t_string!(i18n, orgs.remove_confirm, name = name).to_string())
    };
    view! {
        <Confirm id=format!("remove-{id}") label=label.clone() title=question tone=Tone::Quiet size=Size::Small>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="account_id" value=id/>
                <Button tone=Tone::Danger wide=true>{label}</Button>
            </FormFrame>
        </Confirm>
    }
}

#[component]
fn InviteForm(org: String) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let action = ServerAction::<InviteMember>::new();
    view! {
        <Card title=t_string!(i18n, orgs.invite_title).to_string()>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Field name="form[email]" kind=FieldKind::Email label=t_string!(i18n, orgs.invite_email).to_string() required=true/>
                    <Select name="form[role]" label=t_string!(i18n, orgs.role).to_string() value="gatekeeper" options=role_options(locale)/>
                </div>
                <div><Button icon=Icon::Mail>{t!(i18n, orgs.invite)}</Button></div>
            </FormFrame>
        </Card>
    }
}

#[component]
fn Invitations(org: String, rows: Vec<Invitation>) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = rows.is_empty();
    let items = rows.into_iter().map(|row| view! { <InvitationRow org=org.clone() row/> }).collect_view();
    view! {
        <Card title=t_string!(i18n, orgs.invitations).to_string()>
            {is_empty.then(|| view! { <p class="text-muted">{t!(i18n, orgs.invitations_none)}</p> })}
            <ul class="grid divide-y divide-base-300 empty:hidden">{items}</ul>
        </Card>
    }
}

#[component]
fn InvitationRow(org: String, row: Invitation) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<WithdrawInvitation>::new();
    view! {
        <li class="flex flex-wrap items-center justify-between gap-3 py-3">
            <div class="grid min-w-0 gap-1">
                <p class="truncate font-semibold">{row.email}</p>
                <p class="flex flex-wrap items-center gap-2 text-sm text-muted">
                    <Badge>{row.role.words(i18n.get_locale_untracked())}</Badge>
                    {t!(i18n, orgs.valid_until)}" "<When at=row.until style=WhenStyle::Date/>
                </p>
            </div>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="invitation_id" value=row.invitation_id.to_string()/>
                <Button size=Size::Small tone=Tone::Quiet>{t!(i18n, orgs.withdraw)}</Button>
            </FormFrame>
        </li>
    }
}
