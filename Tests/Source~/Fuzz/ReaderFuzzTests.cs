using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using Google.Protobuf;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Tests.Runtime;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Fuzz;

/// <summary>Whatever a file holds, its reader returns or refuses it in one line.</summary>
public sealed class ReaderFuzzTests
{
    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [TestCase(".png")]
    [TestCase(".tga")]
    public void Pictures(string ending)
    {
        byte[][] seeds = [.. Seeds("picture-*")
            .Where(file => file.Name.EndsWith(".tga", StringComparison.Ordinal) == (ending == ".tga"))
            .Select(file => file.Bytes)];
        Run(seeds, (mutator, seed, others) => WithChecksums(mutator.Bytes(seed, others)),
            file => PictureReader.Decode(file, "picture" + ending));
    }

    [Test]
    public void Tables() => Run(Contents("table-*"), (mutator, seed, others) => mutator.Text(seed, others), file =>
    {
        using var reader = new StreamReader(new MemoryStream(file));
        foreach (var (_, fields) in new CsvTable("labels.csv", reader).Rows()) Assert.That(fields, Is.Not.Null);
    });

    [Test]
    public void IdxFiles()
    {
        byte[][] seeds = [.. Contents("idx-*"), .. Contents("idx-*").Select(Packed)];
        Run(seeds,
            (mutator, seed, others) => seed is [0x1f, ..] || others.Count % 2 == 0 ? mutator.Bytes(seed, others)
                : Packed(mutator.Bytes(seed, others)),
            file => IdxFile.Load(Written(file)));
    }

    [Test]
    public void Configs() => Run(Contents("config-*"), (mutator, seed, others) => mutator.Text(seed, others), file =>
    {
        string folder = Directory.CreateTempSubdirectory("vaecontent-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "config.json"), file);
            RunConfig config = new RunFolder(folder).LoadConfig();
            Validate(config);
            File.WriteAllBytes(_file, file);
            Overrides wanted = Overrides.Read(_file, []).CheckGroups();
            Validate(config with
            {
                Data = wanted.Apply("data", config.Data),
                Model = wanted.Apply("model", config.Model),
                Training = wanted.Apply("training", config.Training),
                Gan = wanted.Apply("gan", config.Gan),
                Prior = wanted.Apply("prior", config.Prior),
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    [Test]
    public void Logs()
    {
        Run([.. Contents("log-*"), "refused below"u8.ToArray()], (mutator, seed, others) => mutator.Text(seed, others), file =>
        {
            IReadOnlyList<LogEntry> log = TrainingLog.Read(Written(file));
            var page = new HtmlPage("log", 8, 8);
            ReportCurves.Add(page, log);
            Assert.That(page.Finish(""), Has.Length.LessThan(200_000));
            foreach (LogEntry entry in log) HtmlReport.Duration(entry.Seconds);
            if (log.Count == 0) throw new UserError("nothing of a training");
        });
    }

    [Test]
    public void Checkpoints()
    {
        using var model = new VaeModel(TinyModels.Specs["mlp + mse"]);
        long weights = model.ParameterCount();
        Checkpoint.FromState(3, 1.5, weights, writer =>
        {
            writer.Write(-1L); // no discriminator
            model.Write(writer);
            model.Write(writer);
        }).Save(_file);
        byte[] seed = File.ReadAllBytes(_file);
        Run([seed], (mutator, _, others) =>
        {
            byte[] file = mutator.Bytes(seed, others);
            if (file.Length < 64) return file;
            SHA256.HashData(file.AsSpan(0, file.Length - 32), file.AsSpan(file.Length - 32)); // as anybody can
            return file;
        }, file => Checkpoint.Load(Written(file), weights).Restore(reader => TrainingReplica.ReadAveraged(reader, model)));
    }

    [Test]
    public void AsepriteSheets()
    {
        using var box = new SpriteBox();
        string json = Path.Combine(box.Root, "sheet.json");
        var sheet = new Bitmap(32, 16);
        Run(Contents("aseprite-*"), (mutator, seed, others) => mutator.Text(seed, others), file =>
        {
            File.WriteAllBytes(json, file);
            if (VaeContent.Trainer.Data.AsepriteSheets.TryLoad(box.Root, ["sheet.png"], []) is not { } read) return;
            IReadOnlyList<Picture> frames = read.Cut("sheet.png", Path.Combine(box.Root, "sheet.png"), sheet);
            Assert.That(frames.Select(frame => read.FrameOf(frame.Source!.Value)), Has.None.Null);
        });
    }

    [Test]
    public void Bundles()
    {
        byte[][] seeds = [.. new[] { TestBundles.Rgba(), TestBundles.Indexed(true).WithPrior(TestBundles.SomeMixture()),
            TestBundles.Network(true), TestBundles.Encoder() }.Select(model => model.ToByteArray())];
        int accepted = 0;
        Run(seeds, (mutator, seed, others) => BundleSeal.Append(mutator.Bytes(seed, others)), file =>
        {
            try
            {
                EncoderBundle.Load(file, "test.vae");
            }
            catch (VaeBundleException)
            {
                VaeBundle bundle = VaeBundle.Load(file, "test.vae");
                if (accepted++ % 16 > 0) return;
                using var sprites = new SpriteGenerator(bundle);
                sprites.Generate(1);
            }
        });
    }

    private static void Validate(RunConfig config)
    {
        config.Model.Validate();
        config.Training.Validate();
        config.Gan.Validate(config.Training);
        config.Prior.Validate();
        Assert.That(config.Model.Describe(), Does.Contain(", z="));
        Assert.That(config.Data.Arguments, Is.Not.Null);
    }

    private static void Run(IReadOnlyList<byte[]> seeds, Func<Mutator, byte[], IReadOnlyList<byte[]>, byte[]> change,
        Action<byte[]> read) => Fuzzing.Run(seeds, change, read, e => e is UserError or VaeBundleException);

    private static byte[][] Contents(string pattern) => [.. Seeds(pattern).Select(file => file.Bytes)];

    private static IEnumerable<(string Name, byte[] Bytes)> Seeds(string pattern) =>
        Directory.GetFiles(VaeContent.Tests.Package.Repository.At("Tests/Source~/Fuzz/Seeds"), pattern)
            .Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)));

    private string Written(byte[] file)
    {
        File.WriteAllBytes(_file, file);
        return _file;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    // A PNG's chunks with checksums of what they hold now: a reader would look no further otherwise.
    private static byte[] WithChecksums(byte[] file)
    {
        if (file is not [0x89, (byte)'P', ..]) return file;
        for (int at = 8; at + 12 <= file.Length;)
        {
            long length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) break;
            uint crc = Crc(file.AsSpan(at + 4, (int)length + 4));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), crc);
            at += (int)length + 12;
        }
        return file;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
