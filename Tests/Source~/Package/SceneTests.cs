using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>
/// The samples' scenes, as the text they are: what they refer to exists, and their fields are those of the scripts.
/// </summary>
public sealed class SceneTests
{
    private const string BuiltIn = "0000000000000000f000000000000000", Bundles = "Samples/Bundles/";

    private static IEnumerable<string> Scenes() =>
        Repository.Files.Where(path => path.EndsWith(".unity", StringComparison.Ordinal));

    [TestCaseSource(nameof(Scenes))]
    public void WhatASceneRefersToExists(string scene)
    {
        string text = Repository.Read(scene);
        Dictionary<string, string> files = MetaFiles.Visible.ToDictionary(MetaFiles.GuidOf);
        string[] objects = [.. Regex.Matches(text, @"^--- !u!\d+ &(\d+)$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)];
        Assert.That(objects, Is.Unique);
        Repository.AssertNone(
            from Match match in Regex.Matches(text, @"\{fileID: (-?\d+)(?:, guid: (\w+), type: \d)?\}")
            let id = match.Groups[1].Value
            let guid = match.Groups[2].Value
            where guid.Length > 0 ? guid != BuiltIn && !files.ContainsKey(guid) : id != "0" && !objects.Contains(id)
            select match.Value,
            $"{scene} refers to what is not there:");
        Assert.That(new[] { "heroes.vae", "walkers.vae" }.Any(bundle => text.Contains(
            $"_bundle: {{fileID: {MainObjectId()}, guid: {MetaFiles.GuidOf(Bundles + bundle)}, type: "
                + $"3}}", StringComparison.Ordinal)),
            "the scene shows a sample bundle");
    }

    [TestCaseSource(nameof(Scenes))]
    public void FieldsOfComponentsAreThoseOfTheirScripts(string scene)
    {
        Dictionary<string, string> files = MetaFiles.Visible.ToDictionary(MetaFiles.GuidOf);
        foreach (string component in Repository.Read(scene).Split("--- ")
            .Where(part => part.Contains("\nMonoBehaviour:\n", StringComparison.Ordinal)))
        {
            string script = files[Regex.Match(component, @"m_Script: \{fileID: 11500000, guid: (\w+)").Groups[1].Value];
            string code = Scripts(component);
            Repository.AssertNone(Regex.Matches(component, @"^  (_\w+):", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value)
                    .Where(field => !Regex.IsMatch(code, $@"\[SerializeField[^;]*\b{field}\b")),
                $"{scene} sets fields that {script} does not have:");
        }
    }

    [TestCaseSource(nameof(Scenes))]
    public void ObjectsAndComponentsNameEachOther(string scene)
    {
        var parts = Repository.Read(scene).Split("--- ").Skip(1)
            .ToDictionary(part => Regex.Match(part, @"&(\d+)").Groups[1].Value);
        foreach (var (id, part) in parts.Where(entry => entry.Value.StartsWith("!u!1 ", StringComparison.Ordinal)))
        {
            string[] listed = [.. Regex.Matches(part, @"component: \{fileID: (\d+)\}").Select(match => match.Groups[1].Value)];
            string[] owned = [.. parts
                .Where(entry => entry.Value.Contains($"m_GameObject: {{fileID: {id}}}", StringComparison.Ordinal))
                .Select(entry => entry.Key)];
            Assert.That(listed, Is.EquivalentTo(owned), scene + " &" + id);
            Assert.That(parts[listed[0]], Does.StartWith("!u!4 "), "the transform comes first");
            bool draws = listed.Any(component => Scripts(parts[component])
                .Contains("RequireComponent(typeof(SpriteRenderer))", StringComparison.Ordinal));
            Assert.That(!draws || listed.Any(component => parts[component].StartsWith("!u!212 ", StringComparison.Ordinal)),
                scene + ": a component that draws sprites has its SpriteRenderer");
            foreach (Match required in listed.SelectMany(component =>
                Regex.Matches(Scripts(parts[component]), @"RequireComponent\(typeof\((\w+)\)\)")))
            {
                if (required.Groups[1].Value == "SpriteRenderer") continue;
                Assert.That(listed.Any(component => Scripts(parts[component])
                    .Contains($"class {required.Groups[1].Value} ", StringComparison.Ordinal)),
                    scene + " lacks a " + required.Groups[1].Value);
            }
        }
    }

    [Test]
    public void ComponentsAreInFilesOfTheirNames() => Repository.AssertNone(
        from path in Repository.Sources("Runtime/Unity").Concat(Repository.Sources("Samples"))
            .Concat(Repository.Sources("Editor"))
        from Match type in Regex.Matches(Repository.Code(path),
            @"class (\w+) : (?:MonoBehaviour|ScriptableObject|\w+Renderer|EditorWindow|ScriptedImporter)\b")
        where type.Groups[1].Value != Path.GetFileNameWithoutExtension(path)
        select $"{path}: {type.Groups[1].Value}",
        "Unity finds a component by the name of its file:");

    // The code of a component, with that of the classes it derives from.
    private static string Scripts(string component)
    {
        if (!component.Contains("\nMonoBehaviour:\n", StringComparison.Ordinal)) return "";
        string guid = Regex.Match(component, @"m_Script: \{fileID: 11500000, guid: (\w+)").Groups[1].Value;
        return WithBases(Repository.Code(MetaFiles.Visible.Single(path => MetaFiles.GuidOf(path) == guid)));
    }

    private static string WithBases(string code) =>
        Regex.Match(code, @"class \w+ : (\w+Renderer)\b") is { Success: true } derived
            ? code + WithBases(Repository.Code($"Runtime/Unity/{derived.Groups[1].Value}.cs")) : code;

    // Unity numbers an imported object by xxHash64 of its type and name: "Type:Shader->MainAsset0" gives the known number of
    // every Shader Graph, and "Type:MonoBehaviour-><root>0" that of every .inputactions file, which is a ScriptableObject made by
    // a scripted importer, as ours is.
    [Test]
    public void ImportedObjectsAreNumberedAsUnityDoes()
    {
        Assert.That(XxHash64("Type:Shader->MainAsset0"), Is.EqualTo(-6465566751694194690));
        Assert.That(XxHash64("Type:MonoBehaviour-><root>0"), Is.EqualTo(-944628639613478452));
        Assert.That(Repository.Read("Editor/Importing/VaeImporter.cs"), Does.Contain("MainObject = \"bundle\""));
    }

    private static long MainObjectId() => XxHash64("Type:MonoBehaviour->bundle0");

    // Collet's xxHash64 with seed 0, for texts of fewer than 32 bytes.
    private static long XxHash64(string text)
    {
        const ulong p1 = 11400714785074694791, p2 = 14029467366897019727, p3 = 1609587929392839161, p4 = 9650029242287828579,
            p5 = 2870177450012600261;
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.That(bytes, Has.Length.LessThan(32));
        int at = 0;
        unchecked
        {
            ulong hash = p5 + (ulong)bytes.Length;
            for (; at + 8 <= bytes.Length; at += 8)
            {
                ulong lane = BitOperations.RotateLeft(BitConverter.ToUInt64(bytes, at) * p2, 31) * p1;
                hash = BitOperations.RotateLeft(hash ^ lane, 27) * p1 + p4;
            }
            for (; at + 4 <= bytes.Length; at += 4) hash =
                BitOperations.RotateLeft(hash ^ (BitConverter.ToUInt32(bytes, at) * p1), 23) * p2 + p3;
            for (; at < bytes.Length; at++) hash = BitOperations.RotateLeft(hash ^ (bytes[at] * p5), 11) * p1;
            hash = (hash ^ (hash >> 33)) * p2;
            hash = (hash ^ (hash >> 29)) * p3;
            return (long)(hash ^ (hash >> 32));
        }
    }
}
