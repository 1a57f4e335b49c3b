using Crisp.Errors;

namespace Crisp.Bundle.Tests;

/// <summary>Asserts that something is refused, with the kind and the name of the field.</summary>
internal static class Refusal
{
    public static void Invalid(Action action, string field) => Of(ErrorKind.InvalidArgument, action, field);

    public static void Unimplemented(Action action, string field) => Of(ErrorKind.Unimplemented, action, field);

    private static void Of(ErrorKind kind, Action action, string field)
    {
        var error = Assert.Throws<CrispException>(action)!; // Throws fails the test on null
        Assert.Multiple(() =>
        {
            Assert.That(error.Kind, Is.EqualTo(kind));
            Assert.That(error.Message, Does.Contain(field));
        });
    }
}
