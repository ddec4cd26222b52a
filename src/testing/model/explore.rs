//! Random runs, and the proof that they would find something.

use std::sync::{Arc, atomic::Ordering};

use proptest::test_runner::{
    Config, FailurePersistence, FileFailurePersistence, RngAlgorithm, TestCaseError, TestCaseResult, TestError,
    TestRng, TestRunner,
};
use proptest_state_machine::ReferenceStateMachine;
use sqlx::PgPool;

use super::{
    command::{Command, Commerce},
    rig::Rig,
    view::View,
    world::World,
};
use crate::{platform::sabotage::Weakness, server};

/// Runs at each `make test`: enough that the weaknesses below are found, and done in half a minute.
const RUNS: u32 = 24;
/// Commands of one run.
const COMMANDS_MAX: usize = 30;
/// A failing run is made smaller by so many tries, and for so long.
const SHRINKS_MAX: u32 = 200;
const SHRINK_MS_MAX: u32 = 60_000;

/// What made a run fail, as small as it could be made.
type Failure = TestError<(World, Vec<Command>)>;

/// Plays random runs to the model and to the system. What fails is kept in `explore.seeds` and played first next time.
fn explore(rig: &Rig, runtime: &tokio::runtime::Handle, mut runner: TestRunner) -> Result<(), Failure> {
    let runs = Commerce::sequential_strategy(1..=COMMANDS_MAX);
    let played = runner.run(&runs, |(world, commands, seen)| {
        let note = || _ = seen.as_ref().map(|seen| seen.fetch_add(1, Ordering::SeqCst));
        runtime.block_on(play(rig, world, &commands, note))
    });
    played.map_err(|failure| match failure {
        TestError::Abort(reason) => TestError::Abort(reason),
        TestError::Fail(reason, (world, commands, _)) => TestError::Fail(reason, (world, commands)),
    })
}

/// Plays one run and compares after each command; at its end every promise is kept.
async fn play(rig: &Rig, mut world: World, commands: &[Command], note: impl Fn()) -> TestCaseResult {
    let mut run = rig.begin(&world).await;
    let mut result = Ok(());
    for command in commands {
        note();
        world = Commerce::apply(world, command);
        let said = run.obey(command).await;
        result = same(&(world.said, View::from(&world)), &(said, run.view().await), command);
        if result.is_err() {
            break;
        }
    }
    if result.is_ok() {
        let report = server::audit(&rig.shop.stage.app.db).await.expect("a report");
        let broken = report.breaches.into_iter().map(|breach| breach.check).collect();
        result = same(&Vec::<String>::new(), &broken, "the last command, by the auditor");
    }
    rig.rest().await;
    result
}

fn same<T: PartialEq + std::fmt::Debug>(
    model: &T,
    system: &T,
    after: &(impl std::fmt::Debug + ?Sized),
) -> TestCaseResult {
    if model == system {
        return Ok(());
    }
    Err(TestCaseError::fail(format!("after {after:?}\nthe model says  {model:?}\nthe system says {system:?}")))
}

/// What both tests have in common: so many runs, and no more than so long at making a failing one smaller.
fn config() -> Config {
    Config { cases: RUNS, max_shrink_iters: SHRINKS_MAX, max_shrink_time: SHRINK_MS_MAX, ..Config::default() }
}

/// The runs are made by a thread that may wait for each of them.
async fn explored(rig: &Arc<Rig>, runner: TestRunner) -> Result<(), Failure> {
    let (rig, runtime) = (rig.clone(), tokio::runtime::Handle::current());
    tokio::task::spawn_blocking(move || explore(&rig, &runtime, runner)).await.expect("an end")
}

#[sqlx::test]
async fn the_shop_does_what_the_model_does(pool: PgPool) {
    let kept: Box<dyn FailurePersistence> = Box::new(FileFailurePersistence::WithSource("seeds"));
    let config = Config { failure_persistence: Some(kept), source_file: Some(file!()), ..config() };
    let rig = Arc::new(Rig::open(pool).await);
    if let Err(failure) = explored(&rig, TestRunner::new(config)).await {
        panic!("{failure}");
    }
}

/// A shop with a weakness.
async fn weak(pool: PgPool, weakness: Weakness) -> Arc<Rig> {
    let rig = Rig::open(pool).await;
    rig.shop.stage.app.sabotage.switch_on(weakness);
    Arc::new(rig)
}

/// The same runs each time, which must find something; says what.
async fn finding(rig: &Arc<Rig>, kept: Option<Box<dyn FailurePersistence>>) -> String {
    // The machine's strategy wants to shrink at least once.
    let config = Config { failure_persistence: kept, max_shrink_iters: 1, ..config() };
    let runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    match explored(rig, runner).await {
        Err(TestError::Fail(reason, _)) => reason.to_string(),
        end => panic!("nothing was found: {end:?}"),
    }
}

/// Each state is one that could be, so that the auditor sees nothing.
#[sqlx::test]
async fn late_money_that_only_ever_goes_back_is_found_by_the_model_alone(pool: PgPool) {
    let rig = weak(pool, Weakness::NoSecondTake).await;
    let reason = finding(&rig, None).await;
    assert!(reason.contains("the model says"), "{reason}");
    assert_eq!(rig.shop.broken_promises().await, [""; 0]);
}

#[sqlx::test]
async fn a_run_that_failed_is_kept_and_played_again_first(pool: PgPool) {
    let rig = weak(pool, Weakness::TicketsLater).await;
    let file = std::env::temp_dir().join(format!("lango-{}.seeds", uuid::Uuid::now_v7()));
    let path: &'static str = Box::leak(file.display().to_string().into_boxed_str());
    let kept = || -> Box<dyn FailurePersistence> { Box::new(FileFailurePersistence::Direct(path)) };
    let reason = finding(&rig, Some(kept())).await;
    assert!(reason.contains("the model says"), "{reason}");
    // No new runs: what fails is what was kept.
    let again = Config { cases: 0, max_shrink_iters: 1, failure_persistence: Some(kept()), ..config() };
    assert!(matches!(explored(&rig, TestRunner::new(again)).await, Err(TestError::Fail(..))));
    std::fs::remove_file(file).expect("the seeds");
}
