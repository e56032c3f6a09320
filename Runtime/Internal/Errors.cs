using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace VaeContent.Internal
{
    /// <summary>Every message of the Runtime: one line that says what, where, found, expected and what to do next.</summary>
    internal static class Errors
    {
#pragma warning disable CA2208 // the parameter named is the public method's

        private const string Again = " Export it again with 'vaecontent export'.";

        internal static VaeBundleException Missing(string path) =>
            new VaeBundleException(Show(path) + " does not exist. Check the path, or write the file with 'vaecontent export'.");

        internal static VaeBundleException IsFolder(string path) =>
            new VaeBundleException(Show(path) + " is a folder; expected a .vae file in it or beside it.");

        internal static VaeBundleException Unreadable(string path, Exception cause) =>
            new VaeBundleException(Show(path) + " cannot be read: " + Line(cause.Message), cause);

        internal static VaeBundleException Empty(string name) =>
            new VaeBundleException(Show(name)
                + " is empty, 0 bytes. Copy it or export it again; if it is in Git LFS, run 'git lfs pull'.");

        internal static VaeBundleException TooLarge(string name, long bytes, long most) =>
            new VaeBundleException(Show(name) + " has " + bytes + " bytes, more than the " + most + " a bundle may have.");

        internal static VaeBundleException GitLfs(string name) =>
            new VaeBundleException(Show(name) + " is a Git LFS pointer, not the file itself. Run 'git lfs pull'.");

        internal static VaeBundleException Damaged(string name, string part, Exception cause) =>
            new VaeBundleException(Show(name) + part + " is damaged or not a .vae file: " + cause.Message
                + ". Copy it again, or export it again with 'vaecontent export'.", cause);

        internal static VaeBundleException Altered(string name) =>
            new VaeBundleException(Show(name) + " is damaged or was altered: it does not end with its checksum. "
                + "Copy it again, or export it again with 'vaecontent export'.");

        internal static VaeBundleException NotABundle(string name) =>
            new VaeBundleException(Show(name) + " is an ONNX model but not a VaeContent bundle: it has no metadata "
                + BundleKeys.Format + ". Only files written by 'vaecontent export' can be loaded.");

        internal static VaeBundleException Format(string name, int found) =>
            new VaeBundleException(Show(name) + " has bundle format " + found + ", this version of VaeContent reads "
                + BundleKeys.FormatVersion
                + (found < BundleKeys.FormatVersion ? "; export it again with 'vaecontent export'." : "; update the package."));

        internal static VaeBundleException IsEncoder(string name) =>
            new VaeBundleException(Show(name) + " is an encoder bundle, which only the tools read; "
                + "a game loads the decoder, the file that 'vaecontent export --out' writes.");

        internal static VaeBundleException IsDecoder(string name) =>
            new VaeBundleException(Show(name)
                + " is a decoder bundle, where an encoder is needed: use the file that 'vaecontent export --encoder' writes.");

        internal static VaeBundleException NoKey(string name, string key, string because) =>
            new VaeBundleException(Show(name) + " lacks the metadata " + key + because + "." + Again);

        internal static VaeBundleException SurplusKey(string name, string key, string because) =>
            new VaeBundleException(Show(name) + " has the metadata " + key + because + "." + Again);

        internal static VaeBundleException Metadata(string name, string key, string found, string expected) =>
            new VaeBundleException(Show(name) + ": metadata " + key + " is " + found + ", expected " + expected + "." + Again);

        internal static VaeBundleException PriorNumbers(string name, string problem) =>
            new VaeBundleException(Show(name) + ": in its prior " + problem + "." + Again);

        internal static VaeBundleException NoPriorNetwork(string name) =>
            new VaeBundleException(Show(name) + " lacks the tensor " + BundleKeys.PriorNetwork + " though its prior is a network."
                + Again);

        /// <summary><paramref name="part"/>: of which model of the file, after its name; empty for the file itself.</summary>
        internal static VaeBundleException Version(string name, string part, string what, string found, long expected) =>
            new VaeBundleException(Show(name) + part + " uses " + what + " " + found + ", expected " + expected + "." + Again);

        internal static VaeBundleException Values(string name, string part, string side, string found, string expected) =>
            new VaeBundleException(Show(name) + part + " has the " + side + " " + found + "; its metadata asks for " + expected
                + "." + Again);

        internal static VaeBundleException Session(string name, EngineException cause) =>
            new VaeBundleException(Show(name) + " does not run: " + cause.Engine + " says: " + Line(cause.Message), cause);

        internal static VaeBundleException NoDevice(string name, ComputeDevice device, string problem, Engine engine) =>
            new VaeBundleException(Show(name) + " cannot run on Device." + device.Kind + " as asked: " + problem + ". "
                + device.Source + " ONNX Runtime " + engine.Version() + " is loaded and offers: "
                + string.Join(", ", engine.Offered()) + ". Install what is missing, or use Device.Auto or Device.Cpu.");

        /// <summary>What an exception of ONNX Runtime or the loader says, for the middle of a sentence.</summary>
        internal static string Reason(Exception cause)
        {
            if (cause is EntryPointNotFoundException) return "the loaded ONNX Runtime was built without it";
            if (!(cause is EngineException)) cause = Innermost(cause);
            return Reason(cause is EngineException ? WithoutPlaces(cause.Message) : cause.Message);
        }

        internal static string Reason(string message) => Line(message.TrimEnd('.', ' ', '\r', '\n'), 300);

        internal static DllNotFoundException NoNativeLibrary(Exception cause) =>
            new DllNotFoundException("ONNX Runtime's native library was not found or does not fit this platform. "
                + "In Unity, check the package com.github.asus4.onnxruntime; elsewhere, that libonnxruntime lies beside the "
                + "program. The loader says: " + Line(Innermost(cause).Message), cause);

        internal static DllNotFoundException NoEngine(Device device, string where) =>
            new DllNotFoundException("Device." + device + " needs ONNX Runtime, which is missing: " + where
                + ". Add it, or use Device.Managed or Device.Auto.");

        internal static ObjectDisposedException Disposed(string type) =>
            new ObjectDisposedException(type, "This " + type + " was disposed; make a new one.");

        internal static ConcurrentUseException InUse(string type) =>
            new ConcurrentUseException("This " + type + " is in use: a call from another thread is under way. "
                + "Give each thread its own, or let one wait for the other.");

        internal static ConcurrentUseException BelongsToQueue(string type) =>
            new ConcurrentUseException("This " + type + " belongs to a SpriteQueue: ask the queue, and dispose the queue.");

        internal static InvalidOperationException HasThread() =>
            new InvalidOperationException("This SpriteQueue has a thread that decodes; Pump is for one made without.");

        internal static ArgumentException UnknownLabel(string name, string label, IReadOnlyList<string> labels) =>
            new ArgumentException(labels.Count == 0
                ? Show(name) + " has no labels, so there is no label " + Show(label) + "."
                : Show(name) + " has no label " + Show(label) + "; it has: " + Names(labels) + ".", nameof(label));

        internal static ArgumentException UnknownPose(string name, string pose, IReadOnlyList<SpritePose> poses)
        {
            var names = new List<string>();
            foreach (var known in poses) names.Add(known.Name);
            return new ArgumentException(names.Count == 0
                ? Show(name) + " draws single sprites, not characters, so there is no pose " + Show(pose)
                    + ". Train on characters in poses; for a temperature after a label, write 1f."
                : Show(name) + " has no pose " + Show(pose) + "; it has: " + Names(names) + ".", nameof(pose));
        }

        internal static ArgumentOutOfRangeException Frame(SpritePose pose, int found) =>
            new ArgumentOutOfRangeException("frame", found,
                "The pose " + Show(pose.Name) + " has the frames 0 to " + (pose.Frames - 1) + ".");

        internal static InvalidOperationException NoPoses(string name) =>
            new InvalidOperationException(Show(name) + " draws single sprites, not characters: it has no poses to make a sheet "
                + "of. Train on characters in poses.");

        internal static ArgumentException OtherEncoder(string name, string encoder) =>
            new ArgumentException(Show(encoder) + " is not the encoder of " + Show(name)
                + ". Use the encoder that was exported with it.", nameof(encoder));

        internal static ArgumentException NoFrames() =>
            new ArgumentException("A character's latent needs one frame or more, with its label.", "labels");

        internal static ArgumentException LabelHasNoEffect(string name, string label) =>
            new ArgumentException(Show(name) + " knows the label " + Show(label)
                + " but cannot draw by it: it was trained without a condition and its prior "
                + "is the same for all labels. Leave the label out, or train with a preset that uses labels.", nameof(label));

        internal static ArgumentException LabelNeeded(string name, IReadOnlyList<string> labels) =>
            new ArgumentException(Show(name) + " is conditional: to decode a latent it needs a label, one of: "
                + Names(labels) + ".", "label");

        internal static InvalidOperationException NetworkPrior() =>
            new InvalidOperationException(
                "This prior is a network, which only a generator runs: use SpriteGenerator.SampleLatent.");

        internal static ArgumentOutOfRangeException LabelIndex(int found, int count) =>
            new ArgumentOutOfRangeException("labelIndex", found, "The label index is -1 (any) to " + (count - 1) + ".");

        internal static ArgumentOutOfRangeException SpriteLabel(int found, int count) =>
            new ArgumentOutOfRangeException("labels", found, "A sprite's label index is 0 to " + (count - 1) + ".");

        internal static ArgumentOutOfRangeException Temperature(float found) =>
            new ArgumentOutOfRangeException("temperature", found, "The temperature is 0 to 8; 1 is as trained.");

        internal static ArgumentOutOfRangeException Truncation(float found) =>
            new ArgumentOutOfRangeException("truncation", found, "The truncation is 0 (none), or 0.1 to 8 standard deviations.");

        internal static ArgumentOutOfRangeException Spread(float found) =>
            new ArgumentOutOfRangeException("spread", found,
                "The spread is 0 (the sprite itself) or more; 1 is the posterior's own.");

        internal static ArgumentException UnknownAttribute(string name, string attribute,
            IReadOnlyList<LatentAttribute> attributes)
        {
            var names = new List<string>();
            foreach (var known in attributes) names.Add(known.Name);
            return new ArgumentException(names.Count == 0
                ? Show(name) + " has no attributes, so there is no " + Show(attribute)
                    + ": they come from labels and the columns of labels.csv, at export."
                : Show(name) + " has no attribute " + Show(attribute) + "; it has: " + Names(names) + ".", nameof(attribute));
        }

        internal static ArgumentOutOfRangeException Amount(float found) =>
            new ArgumentOutOfRangeException("amount", found, "The amount is 0 (no change) to 1 (nothing kept).");

        internal static ArgumentOutOfRangeException Count(int found) =>
            new ArgumentOutOfRangeException("count", found, "The count is 0 or more.");

        internal static ArgumentOutOfRangeException Option(string option, int found, int least, int most) =>
            new ArgumentOutOfRangeException("options", found,
                "GeneratorOptions." + option + " is " + least + " to " + most + ".");

        internal static ArgumentOutOfRangeException UnknownDevice(Device found) =>
            new ArgumentOutOfRangeException("options", found, "GeneratorOptions.Device is not a device.");

        internal static ArgumentOutOfRangeException Capacity(int found, int most) =>
            new ArgumentOutOfRangeException("capacity", found, "The capacity is 1 to " + most + " tickets.");

        internal static ArgumentException LatentLength(int found, int expected, string parameter) =>
            new ArgumentException("The latent has " + found + " numbers, expected " + expected + ".", parameter);

        internal static ArgumentException LatentLengths(int a, int b, int destination) =>
            new ArgumentException("The latents have " + a + " and " + b + " numbers and the destination " + destination
                + ", expected the same.");

        internal static ArgumentException PathLength(int points, int size) =>
            new ArgumentException("The points have " + points
                + " numbers, expected one or more latents of the destination's length, " + size + ".");

        internal static ArgumentException Length(string parameter, long found, long expected, string what) =>
            new ArgumentException("'" + parameter + "' holds " + found + ", expected " + what + " = " + expected + ".",
                parameter);

        internal static ArgumentException NoPalette(string name) =>
            new ArgumentException(Show(name)
                + " paints RGBA colours and has no palette to replace. To recolour at run time, train with a palette and export "
                + "with '--shades off'.", "palette");

        internal static ArgumentException SmallPalette(string name, int found, int expected) =>
            new ArgumentException(Show(name) + " uses " + expected + " colours; the palette given has " + found + ".", "palette");

        /// <summary>A text from outside in quotes, without control characters and not too long.</summary>
        internal static string Show(string text) => "'" + Line(text, 120) + "'";

        private static string Line(string text, int most = 400)
        {
            var line = new StringBuilder(Math.Min(text.Length, most) + 3);
            foreach (char c in text)
            {
                if (line.Length >= most) return Shortened(line);
                line.Append(char.IsControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
            }

            return line.ToString();
        }

        // ONNX Runtime begins its messages with where in its source, its library and its threads something happened.
        internal static string WithoutPlaces(string text)
        {
            var kept = new List<string>();
            string[] words = text.Split(new[] { ' ', '\n', '\r' }, StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < words.Length; i++)
            {
                string word = words[i];
                bool isPlace = word == "()" || Regex.IsMatch(word, @"onnxruntime(\\|/|::)");
                if (word == "(caller:") i++; // and its address
                else if (!isPlace && !word.StartsWith("tid(", StringComparison.Ordinal)
                    && !word.StartsWith("Exception(", StringComparison.Ordinal)) kept.Add(word);
            }

            return string.Join(" ", kept);
        }

        private static string Names(IReadOnlyList<string> labels)
        {
            var names = new StringBuilder();
            for (int i = 0; i < labels.Count; i++)
            {
                if (i == 20) return names.Append(" and ").Append(labels.Count - i).Append(" more").ToString();
                if (i > 0) names.Append(", ");
                names.Append(Line(labels[i], 60));
            }

            return names.ToString();
        }

        // At a word's end, where one is near.
        private static string Shortened(StringBuilder line)
        {
            const int LongestWord = 40;
            int end = line.Length;
            while (end > 0 && line.Length - end < LongestWord && line[end - 1] != ' ') end--;
            if (end > 0 && line[end - 1] == ' ') line.Length = end;
            return line.Append("...").ToString();
        }

        private static Exception Innermost(Exception e)
        {
            while (e.InnerException != null) e = e.InnerException;
            return e;
        }
    }
}
