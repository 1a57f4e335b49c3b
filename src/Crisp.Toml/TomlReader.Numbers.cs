using System.Globalization;

namespace Crisp.Toml;

/// <summary>TOML 1.0, "Integer" and "Float".</summary>
internal sealed partial class TomlReader
{
    private static TomlValue? ReadNumber(TomlPosition at, ReadOnlySpan<char> token)
    {
        var unsigned = token[0] is '+' or '-' ? token[1..] : token;
        if (unsigned is "inf" or "nan")
        {
            var special = unsigned is "nan" ? double.NaN : double.PositiveInfinity;
            return new TomlFloat(at, token[0] == '-' ? -special : special);
        }
        if (token.Length > 2 && token[0] == '0' && token[1] is 'x' or 'o' or 'b')
            return ReadPrefixed(at, token);
        if (unsigned.IndexOfAny('.', 'e', 'E') >= 0)
            return ReadFloat(at, token);
        if (!IsDecimal(unsigned, leadingZeros: false))
            return null;
        return long.TryParse(
            WithoutUnderscores(token), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new TomlInteger(at, value)
            : throw TooLarge(at, token);
    }

    private static TomlInteger? ReadPrefixed(TomlPosition at, ReadOnlySpan<char> token)
    {
        var radix = token[1] switch { 'x' => 16, 'o' => 8, _ => 2 };
        var digits = token[2..];
        if (!IsGrouped(digits, c => char.IsAsciiHexDigit(c) && Convert.ToInt32(c.ToString(), 16) < radix))
            return null;
        UInt128 value = 0;
        foreach (var c in WithoutUnderscores(digits))
        {
            value = value * (uint)radix + Convert.ToUInt32(c.ToString(), 16);
            if (value > long.MaxValue)
                throw TooLarge(at, token);
        }
        return new TomlInteger(at, (long)value);
    }

    private static TomlFloat? ReadFloat(TomlPosition at, ReadOnlySpan<char> token)
    {
        var rest = token[0] is '+' or '-' ? token[1..] : token;
        var exponent = rest.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            var power = rest[(exponent + 1)..];
            if (power is ['+' or '-', ..])
                power = power[1..];
            if (!IsDecimal(power, leadingZeros: true))
                return null;
            rest = rest[..exponent];
        }
        var point = rest.IndexOf('.');
        if (point >= 0)
        {
            if (!IsDecimal(rest[(point + 1)..], leadingZeros: true))
                return null;
            rest = rest[..point];
        }
        if (!IsDecimal(rest, leadingZeros: false))
            return null;
        return new TomlFloat(
            at, double.Parse(WithoutUnderscores(token), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static bool IsDecimal(ReadOnlySpan<char> digits, bool leadingZeros) =>
        IsGrouped(digits, char.IsAsciiDigit) && (leadingZeros || digits.Length == 1 || digits[0] != '0');

    /// <summary>Every underscore stands between two digits.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> digits, Func<char, bool> isDigit)
    {
        var afterDigit = false;
        foreach (var c in digits)
        {
            if (isDigit(c))
                afterDigit = true;
            else if (c == '_' && afterDigit)
                afterDigit = false;
            else
                return false;
        }
        return afterDigit;
    }

    private static string WithoutUnderscores(ReadOnlySpan<char> token) => token.ToString().Replace("_", "");

    private static TomlException TooLarge(TomlPosition at, ReadOnlySpan<char> token) =>
        new(at, $"{token} does not fit a 64-bit signed integer");
}
