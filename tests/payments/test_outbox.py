"""Whatever is lost on the way, the minute sweep finds it again."""

from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from payments.models import Effect, StripeCommand


def test_a_transition_whose_job_was_lost_is_found(journey):
    journey.request()
    journey.act("accept", journey.owner)
    journey.lose_jobs()
    journey.run_jobs()
    assert journey.payment.status == "authorised"
    assert not StripeCommand.objects.filter(kind="capture").exists()
    journey.later()
    assert journey.payment.status == "captured"
    journey.check_books()


def test_a_command_whose_process_was_killed_is_sent_again_under_the_same_key(journey):
    journey.request()
    journey.stripe.order("faults", name="lose_answer", path="/v1/payment_intents/*/capture")
    journey.act("accept", journey.owner)
    journey.run_jobs()
    StripeCommand.objects.filter(kind="capture").update(status="running")
    journey.lose_jobs()
    journey.stripe.travel(timedelta(minutes=1))
    journey.sweep()
    journey.run_jobs()
    assert StripeCommand.objects.get(kind="capture").status == "running"
    assert Effect.objects.get(done_at=None).waiting_for.startswith("command_running")
    journey.later()
    assert journey.payment.status == "captured"
    keys = [call["idempotency_key"] for call in journey.stripe.calls() if call["path"].endswith("/capture")]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    journey.check_books()


def test_when_all_is_done_the_sweep_asks_for_nothing(journey):
    journey.onboard()
    journey.confirm()
    journey.ride()
    journey.complete()
    journey.lose_jobs()
    calls = len(journey.stripe.calls("/"))
    journey.stripe.travel(timedelta(minutes=5))
    journey.sweep()
    assert not ProcrastinateJob.objects.filter(status="todo", task_name__startswith="payments.").exists()
    assert len(journey.stripe.calls("/")) == calls


def test_one_command_of_a_kind_for_a_transition(journey):
    journey.onboard()
    journey.confirm()
    journey.ride()
    journey.complete()
    done = list(StripeCommand.objects.order_by("kind").values_list("kind", "status", "attempt"))
    assert done == [
        ("account", "done", 1),
        ("capture", "done", 1),
        ("checkout", "done", 1),
        ("customer", "done", 1),
        ("transfer", "done", 1),
    ]
