using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Painting;

/// <summary>
/// What a hero can differ in. Each factor is drawn by itself; a value listed twice is drawn twice as often. The last three
/// depend on the class, whose lists are in <see cref="HeroClass"/>.
/// </summary>
internal static class HeroFactors
{
    internal const string Build = "build", Skin = "skin", Hair = "hair", HairColour = "hairColour", Beard = "beard",
        Eyes = "eyes", Cloth = "cloth", Trim = "trim", Metal = "metal", Boots = "boots", Cape = "cape", Headgear = "headgear",
        Weapon = "weapon", OffHand = "offHand";

    internal static readonly IReadOnlyList<(string Name, string[] Values)> Shared =
    [
        (Build, ["average", "average", "slim", "broad", "small"]),
        (Skin, ["pale", "pale", "tan", "tan", "bronze", "umber", "green"]),
        (Hair, ["bald", "crop", "spiky", "bob", "long", "topknot", "mohawk", "curls", "braids", "ponytail"]),
        (HairColour, [.. HeroPalette.HairColours.Keys]),
        (Beard, ["none", "none", "none", "none", "moustache", "beard", "longBeard"]),
        (Eyes, ["calm", "calm", "bright", "stern", "merry"]),
        (Cloth, [.. HeroPalette.Cloths.Keys]),
        (Trim, [.. HeroPalette.Trims.Keys]),
        (Metal, ["steel", "steel", "iron", "brass"]),
        (Boots, [.. HeroPalette.Boots.Keys]),
        (Cape, ["none", "none", .. HeroPalette.Capes.Keys]),
    ];

    internal static readonly IReadOnlyList<string> Names = [.. Shared.Select(f => f.Name), Headgear, Weapon, OffHand];

    /// <summary>How many different sets of factors there are, over all classes.</summary>
    internal static long Combinations { get; } = HeroClass.All.Sum(c =>
        Shared.Aggregate(Count(c.Headgear) * Count(c.Weapons) * Count(c.OffHands), (product, f) => product * Count(f.Values)));

    /// <summary>A value for every name in <see cref="Names"/>, in that order.</summary>
    internal static KeyValuePair<string, string>[] Draw(HeroClass hero, Sampler random)
    {
        var drawn = new KeyValuePair<string, string>[Names.Count];
        for (int i = 0; i < drawn.Length; i++)
        {
            string[] values = Values(hero, i);
            drawn[i] = new(Names[i], values[random.Below(values.Length, i + 1)]);
        }
        return drawn;
    }

    /// <summary>The values of each factor over all classes, each once.</summary>
    internal static Dictionary<string, IReadOnlyList<string>> AllValues()
    {
        var all = new Dictionary<string, IReadOnlyList<string>>();
        for (int i = 0; i < Names.Count; i++)
        {
            int factor = i;
            all[Names[i]] = [.. HeroClass.All.SelectMany(hero => Values(hero, factor)).Distinct()];
        }
        return all;
    }

    private static string[] Values(HeroClass hero, int factor) =>
        factor < Shared.Count ? Shared[factor].Values
        : Names[factor] == Headgear ? hero.Headgear
        : Names[factor] == Weapon ? hero.Weapons
        : hero.OffHands;

    private static long Count(string[] values) => values.Distinct().Count();
}
