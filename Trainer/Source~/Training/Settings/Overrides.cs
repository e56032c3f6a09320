using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaeContent.Trainer.Training;

/// <summary>What the user wants different from a preset: a config file, then <c>--set group.key=value</c> on top.</summary>
internal sealed class Overrides
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly JsonObject _wanted;

    private Overrides(JsonObject wanted) => _wanted = wanted;

    /// <summary>Reads a config file (or none) and the assignments.</summary>
    /// <exception cref="UserError">The file is not a JSON object, or an assignment has no <c>group.key=value</c>
    /// form.</exception>
    public static Overrides Read(string? configPath, IEnumerable<string> assignments)
    {
        JsonObject wanted = [];
        if (configPath is not null)
        {
            try
            {
                wanted = JsonNode.Parse(File.ReadAllText(configPath), null, Strict) as JsonObject
                    ?? throw new JsonException("it is not a JSON object.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                throw new UserError($"cannot read the config '{configPath}': {UserError.Reason(e)}.", e);
            }
            foreach (var (group, settings) in wanted)
                if (group != "preset" && settings is not JsonObject)
                    throw new UserError(
                        $"'{configPath}' has {PlainText.Clean(group)}: {settings?.ToJsonString() ?? "null"}; expected the "
                        + $"group's settings in braces, as in \"training\": {{ \"batch\": 32 }}.");
        }
        foreach (string assignment in assignments)
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal),
                dot = assignment.IndexOf('.', StringComparison.Ordinal);
            if (dot <= 0 || equals <= dot + 1) throw new UserError(
                $"--set {assignment}: expected group.key=value, as in training.batch=32.");
            string group = assignment[..dot], key = assignment[(dot + 1)..equals], text = assignment[(equals + 1)..];
            if (wanted[group] is not JsonObject settings) wanted[group] = settings = [];
            settings[key] = Value(text);
        }
        return new Overrides(wanted);
    }

    /// <summary>One group's settings (<c>data</c>, <c>model</c>, ...) with the user's wishes on top.</summary>
    /// <exception cref="UserError">A setting does not exist or has a value of the wrong kind.</exception>
    public T Apply<T>(string group, T settings)
    {
        if (_wanted[group] is not JsonObject wanted) return settings;
        JsonObject merged = JsonSerializer.SerializeToNode(settings, RunFolder.Json)!.AsObject();
        foreach (var (key, value) in wanted)
        {
            if (!merged.ContainsKey(key)) throw new UserError(
                $"there is no setting {group}.{PlainText.Clean(key)}. {group} has: "
                + $"{string.Join(", ", merged.Select(pair => pair.Key))}.");
            merged[key] = value?.DeepClone();
            try
            {
                settings = merged.Deserialize<T>(RunFolder.Json)!;
            }
            catch (JsonException)
            {
                throw new UserError(
                    $"{group}.{key}={value?.ToJsonString() ?? "null"} does not fit; its value is now "
                    + $"{JsonSerializer.SerializeToNode(settings, RunFolder.Json)![key]?.ToJsonString() ?? "null"}.");
            }
        }
        return settings;
    }

    /// <summary>Throws where a group is named that does not exist.</summary>
    public Overrides CheckGroups()
    {
        foreach (var (group, _) in _wanted)
            if (group is not ("data" or "model" or "training" or "gan" or "prior" or "preset"))
                throw new UserError(
                    $"there is no group of settings '{PlainText.Clean(group)}'. The groups are: "
                    + "data, model, training, gan, prior.");
        return this;
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, Strict);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text); // words need no quotes
        }
    }
}
