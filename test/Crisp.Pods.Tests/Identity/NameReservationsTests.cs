using Crisp.Errors;
using Crisp.Pods.Identity;
using Crisp.Pods.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Runtime.V1;

namespace Crisp.Pods.Tests.Identity;

public sealed class NameReservationsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly NameReservations _names = new(NullLogger.Instance);
    private readonly ObjectName _name = ObjectName.OfPod(
        new PodSandboxMetadata { Name = "p", Namespace = "n", Uid = "u" });
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NamedObject? _made;

    [Test]
    public async Task Make_CallerStays_GetsTheIdAndTheAnswerIsKnown()
    {
        _gate.SetResult();
        var id = await MakeAsync(Request("x"));
        Assert.That(id, Is.EqualTo(_made?.Id));
        Assert.That(_made?.Answered, Is.True);
    }

    [Test]
    public async Task Make_EqualRequestAfterTheAnswer_IsAlreadyExistsWithTheId()
    {
        _gate.SetResult();
        var id = await MakeAsync(Request("x"));
        Assert.That(() => MakeAsync(Request("x")), Throws.TypeOf<CrispException>()
            .With.Property("Kind").EqualTo(ErrorKind.AlreadyExists).And.Message.Contains(id));
    }

    [Test]
    public async Task Make_CallerWentAway_EqualRequestGetsTheIdOnce()
    {
        await StartAndLeaveAsync();
        _gate.SetResult();
        await _names.QuietAsync().WaitAsync(Soon);
        Assert.That(_made?.Answered, Is.False);

        Assert.That(await MakeAsync(Request("x")), Is.EqualTo(_made?.Id));
        Assert.That(_made?.Answered, Is.True);
        Assert.That(() => MakeAsync(Request("x")),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.AlreadyExists));
    }

    [Test]
    public async Task Make_CallerWentAway_OtherRequestIsAlreadyExists()
    {
        await StartAndLeaveAsync();
        Assert.That(() => MakeAsync(Request("y")),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.AlreadyExists));
        _gate.SetResult();
    }

    [Test]
    public async Task Make_RetryWhileBeingMade_WaitsAndGetsTheId()
    {
        await StartAndLeaveAsync();
        var retry = MakeAsync(Request("x"));
        Assert.That(retry.IsCompleted, Is.False);
        _gate.SetResult();
        Assert.That(await retry.WaitAsync(Soon), Is.EqualTo(_made?.Id));
    }

    [Test]
    public async Task Make_RetryLosesPatience_ErrorNamesTheStep()
    {
        await StartAndLeaveAsync();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.That(() => MakeAsync(Request("x"), impatient.Token), Throws.TypeOf<CrispException>()
            .With.Property("Kind").EqualTo(ErrorKind.DeadlineExceeded).And.Message.Contains("step 2 of 2: waiting"));
        _gate.SetResult();
    }

    [Test]
    public async Task Make_TwoWait_TheLastGetsTheIdTheOtherAlreadyExists()
    {
        var first = MakeAsync(Request("x"));
        var second = MakeAsync(Request("x"));
        _gate.SetResult();
        Assert.That(await second.WaitAsync(Soon), Is.EqualTo(_made?.Id));
        Assert.That(async () => await first.WaitAsync(Soon),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.AlreadyExists));
    }

    [Test]
    public async Task Make_CallerWentAwayBetweenHandOverAndAnswer_EqualRequestGetsTheIdOnce()
    {
        await StartAndLeaveAsync();
        _gate.SetResult();
        await _names.QuietAsync().WaitAsync(Soon);
        Assert.That(() => MakeAsync(Request("x"), new CancellationToken(canceled: true)),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.DeadlineExceeded));
        Assert.That(_made?.Answered, Is.False);

        Assert.That(await MakeAsync(Request("x")), Is.EqualTo(_made?.Id));
        Assert.That(() => MakeAsync(Request("x")),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.AlreadyExists));
    }

    [Test]
    public void Make_TakesTooLong_IsADeadlineThatNamesTheStep()
    {
        var made = _names.MakeAsync(_name, Request("x"), creation =>
        {
            creation.Enter("step 5 of 8: looking at its mounts");
            throw new OperationCanceledException();
        }, CancellationToken.None);
        var error = Assert.ThrowsAsync<CrispException>(() => made)!;
        Assert.That(error.Kind, Is.EqualTo(ErrorKind.DeadlineExceeded), "not Cancelled: the caller is still there");
        Assert.That(error.Message, Does.Contain("step 5 of 8: looking at its mounts"));
    }

    [Test]
    public async Task Make_Fails_AllAreToldAndTheNameIsFree()
    {
        var first = MakeAsync(Request("x"));
        _gate.SetException(new CrispException(ErrorKind.Internal, "the disk is on fire"));
        Assert.That(async () => await first.WaitAsync(Soon),
            Throws.TypeOf<CrispException>().With.Message.EqualTo("the disk is on fire"));

        var id = await _names.MakeAsync(_name, Request("y"), creation => Finish(creation), CancellationToken.None)
            .WaitAsync(Soon);
        Assert.That(id, Is.EqualTo(_made?.Id));
    }

    [Test]
    public async Task Restore_Unanswered_EqualRequestGetsTheIdOnce()
    {
        _names.Restore(_name, Request("x"), new NamedObject("old"));
        Assert.That(await MakeAsync(Request("x")), Is.EqualTo("old"));
        Assert.That(() => MakeAsync(Request("x")),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.AlreadyExists));
    }

    [Test]
    public void Restore_Answered_IsAlreadyExists()
    {
        _names.Restore(_name, Request("x"), new NamedObject("old") { Answered = true });
        Assert.That(() => MakeAsync(Request("x")), Throws.TypeOf<CrispException>().With.Message.Contains("old"));
    }

    [Test]
    public async Task Release_OfAnotherObject_KeepsTheName()
    {
        _gate.SetResult();
        var id = await MakeAsync(Request("x"));
        _names.Release(_name, "another");
        Assert.That(() => MakeAsync(Request("x")), Throws.TypeOf<CrispException>());
        _names.Release(_name, id);
        Assert.That(await MakeAsync(Request("x")), Is.Not.EqualTo(id));
    }

    private static RunPodSandboxRequest Request(string handler) => new() { RuntimeHandler = handler };

    private Task<string> MakeAsync(RunPodSandboxRequest request, CancellationToken patience = default) =>
        _names.MakeAsync(_name, request, MakeWhenTheGateOpensAsync, patience);

    private async Task<INamed> MakeWhenTheGateOpensAsync(Creation creation)
    {
        creation.Enter("step 2 of 2: waiting");
        await _gate.Task;
        return await Finish(creation);
    }

    private Task<INamed> Finish(Creation creation)
    {
        _made = new NamedObject(creation.Id);
        return Task.FromResult<INamed>(_made);
    }

    private async Task StartAndLeaveAsync()
    {
        using var leaving = new CancellationTokenSource();
        var call = MakeAsync(Request("x"), leaving.Token);
        await leaving.CancelAsync();
        Assert.That(async () => await call.WaitAsync(Soon),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.DeadlineExceeded));
    }
}
