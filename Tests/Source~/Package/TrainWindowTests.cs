using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Package;

/// <summary>
/// The Train window and the trainer share no code, only words: verbs, options, file names, presets, the names in a log.
/// </summary>
public sealed class TrainWindowTests
{
    private static readonly string Window = Repository.Read("Editor/Training/TrainWindow.cs")
        + Repository.Read("Editor/Training/TrainWindow.Drawing.cs");

    [Test]
    public void PresetsAreTheTrainers()
    {
        string[] offered = [.. Regex.Matches(Regex.Match(Window, @"Presets = \{ (.+?) \}").Groups[1].Value, "\"([a-z-]+)\"")
            .Select(match => match.Groups[1].Value)];
        Assert.That(offered, Is.Not.Empty);
        Repository.AssertNone(offered.Except(Presets.Names), "presets that the trainer does not have:");
    }

    [Test]
    public void OptionsAreTheTrainers()
    {
        string verbs = string.Concat(Repository.Sources(Repository.TrainerSources + "/Cli").Select(Repository.Read));
        Repository.AssertNone(Regex.Matches(Window, "\"(--[a-z-]+|train|export|report)\"").Select(match => match.Value).Distinct()
            .Where(word => !verbs.Contains(word, System.StringComparison.Ordinal)),
            "words that no verb of the trainer knows:");
    }

    [Test]
    public void FilesAreTheTrainers()
    {
        var run = new RunFolder("run");
        Repository.AssertNone(new[] { run.LogPath, run.CheckpointPath, run.ReportPath }
            .Select(path => $"\"{Path.GetFileName(path)}\"")
            .Where(name => !Window.Contains(name, System.StringComparison.Ordinal)),
            "the window looks for other files than:");
        Assert.That(Path.GetFileName(run.PreviewPath(12)), Does.Match("^preview-.*png$"));
        Assert.That(Window, Does.Contain("\"preview-*.png\""));
    }

    [Test]
    public void NamesInTheLogAreTheTrainers()
    {
        IEnumerable<string> written = typeof(LogEntry).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        string point = Regex.Match(Repository.Code("Editor/Training/TrainingCurve.cs"), @"class Point\s*\{(.+?)internal",
            RegexOptions.Singleline).Groups[1].Value;
        string[] read = [.. Regex.Matches(point, @"public \w+ (\w+);").Select(match => match.Groups[1].Value)];
        Assert.That(read, Has.Length.GreaterThan(4));
        Repository.AssertNone(read.Where(name => !written.Contains(name)), "the curve reads what no log has:");
    }
}
