using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One name and its value.</summary>
    public class Entry
    {
        private readonly byte[]? _bytes;
        private readonly string? _text;

        public Entry(string key, string value)
        {
            Key = Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException(
                    $"metadata {Key} ends in {BinaryHeaderSuffix}: its value is bytes", nameof(key));
            }

            _text = value;
        }

        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException(
                    $"metadata {Key} has bytes as value: end it in {BinaryHeaderSuffix}", nameof(key));
            }

            _bytes = valueBytes;
        }

        public string Key { get; }

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        public string Value => _text ?? throw new InvalidOperationException($"metadata {Key} is binary");

        public byte[] ValueBytes => _bytes ?? Encoding.ASCII.GetBytes(Value);

        public override string ToString() =>
            IsBinary ? $"[Entry: key={Key}, {ValueBytes.Length} bytes]" : $"[Entry: key={Key}, value={Value}]";

        private static string Normalize(string key)
        {
            var isValid = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
            return isValid
                ? key.ToLowerInvariant()
                : throw new ArgumentException(
                    $"metadata name {key}: only letters, digits, -, _ and . may be used", nameof(key));
        }
    }
}
