//! What the gatekeeper can do about a verdict: answer, choose, take the money, or let in against the rules.

use leptos::{ev, html::Input, prelude::*};

use super::{
    super::{
        model::Reading,
        verdict::{Answer, Ask, Choice, Question, Verdict},
    },
    shift::Shift,
};
use crate::{
    i18n::{t, use_i18n},
    kernel::ConditionId,
};

const BUTTON: &str = "btn btn-lg min-h-14 w-full border-0 bg-base-100 px-8 text-xl text-base-content";

/// The buttons and fields of a verdict; touching them does not dismiss it.
#[component]
pub fn VerdictActions(verdict: Verdict, shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    let may_override = shift.is_supervisor() && verdict.name().may_be_overridden();
    let actions = match verdict {
        Verdict::Questions { questions, .. } => view! { <Questions questions shift/> }.into_any(),
        Verdict::Choose { choices, .. } => view! { <Choices choices shift/> }.into_any(),
        Verdict::PayFirst { .. } => {
            let paid = move |_| shift.ask_with(|reading| reading.is_paid_here = true);
            view! { <button type="button" class=BUTTON on:click=paid>{t!(i18n, gate.paid_here)}</button> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="grid w-full max-w-lg cursor-auto gap-3 empty:hidden" on:click=|ev| ev.stop_propagation()>
            {actions}
            {may_override.then(|| view! { <Override shift/> })}
        </div>
    }
}

/// Every open question, and one button that sends the answers.
#[component]
fn Questions(questions: Vec<Question>, shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    let fields: Vec<(ConditionId, Ask, NodeRef<Input>)> =
        questions.iter().map(|question| (question.question_id, question.ask, NodeRef::new())).collect();
    let given = StoredValue::new(fields.clone());
    let send = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        let answers = given.with_value(|fields| fields.iter().filter_map(answer_of).collect::<Vec<_>>());
        shift.ask_with(move |reading: &mut Reading| reading.answers.extend(answers));
    };
    let rows = questions
        .into_iter()
        .zip(fields)
        .map(|(question, (id, ask, field))| view! { <QuestionRow id=id.to_string() text=question.text ask field/> })
        .collect_view();
    view! {
        <form class="grid gap-4 text-left" on:submit=send>
            {rows}
            <button type="submit" class=BUTTON>{t!(i18n, gate.answer_send)}</button>
        </form>
    }
}

#[component]
fn QuestionRow(id: String, text: String, ask: Ask, field: NodeRef<Input>) -> impl IntoView {
    let i18n = use_i18n();
    match ask {
        Ask::Confirm => view! {
            <label class="flex min-h-14 items-center gap-4 rounded-box bg-base-100 p-4 text-xl text-base-content">
                <input node_ref=field type="checkbox" required class="checkbox checkbox-lg"/>
                <span class="grid"><span class="font-bold">{text}</span><span class="text-base">{t!(i18n, gate.answer_yes)}</span></span>
            </label>
        }
        .into_any(),
        Ask::Text => view! {
            <div class="grid gap-2 rounded-box bg-base-100 p-4 text-base-content">
                <label class="text-xl font-bold" for=id.clone()>{text}</label>
                <input id=id node_ref=field required maxlength="200" autocomplete="off" class="input h-14 w-full text-xl"/>
            </div>
        }
        .into_any(),
    }
}

/// What stands in a field as an answer; nothing where a box is not ticked.
fn answer_of((question, ask, field): &(ConditionId, Ask, NodeRef<Input>)) -> Option<Answer> {
    let field = field.get_untracked()?;
    let text = match ask {
        Ask::Confirm if !field.checked() => return None,
        Ask::Confirm => Answer::YES.to_owned(),
        Ask::Text => field.value(),
    };
    Some(Answer { question: *question, text })
}

/// A button for each ticket that the scan may mean.
#[component]
fn Choices(choices: Vec<Choice>, shift: Shift) -> impl IntoView {
    choices
        .into_iter()
        .map(|choice| {
            let ticket = choice.ticket;
            let choose = move |_| shift.ask_with(move |reading| reading.choice = Some(ticket));
            view! { <button type="button" class=BUTTON on:click=choose>{choice.type_name}</button> }
        })
        .collect_view()
}

/// A supervisor lets in all the same, and says why.
#[component]
fn Override(shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    let open = move |_| {
        shift.hold();
        is_open.set(true);
    };
    let send = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        let Some(field) = input.get_untracked() else { return };
        let reason = field.value();
        shift.ask_with(move |reading| reading.override_reason = Some(reason));
    };
    move || {
        if is_open.get() {
            view! {
                <form class="grid gap-3 rounded-box bg-base-100 p-4 text-left text-base-content" on:submit=send>
                    <label class="text-xl font-bold" for="override-reason">{t!(i18n, gate.override_reason)}</label>
                    <input id="override-reason" node_ref=input required maxlength="120" autocomplete="off" class="input h-14 w-full text-xl"/>
                    <button type="submit" class="btn btn-lg btn-error min-h-14 text-xl">{t!(i18n, gate.override_open)}</button>
                </form>
            }
            .into_any()
        } else {
            view! { <button type="button" class=BUTTON on:click=open>{t!(i18n, gate.override_open)}</button> }
                .into_any()
        }
    }
}
