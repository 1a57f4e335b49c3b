using Crisp.Errors;

namespace Crisp.Cri;

/// <summary>Fields without which a request means nothing; the error names them as api.proto does.</summary>
internal static class Required
{
    public static string Text(string value, string field) =>
        value.Length > 0 ? value : throw CrispException.InvalidArgument(field, "is missing");

    public static T Message<T>(T? value, string field)
        where T : class =>
        value ?? throw CrispException.InvalidArgument(field, "is missing");

    public static TimeSpan Seconds(long value, string field) =>
        value is >= 0 and <= int.MaxValue ? TimeSpan.FromSeconds(value)
            : throw CrispException.InvalidArgument(
                field, $"{value} is not a number of seconds from 0 to {int.MaxValue}");
}
