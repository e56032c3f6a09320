using System.Collections.Generic;

namespace VaeContent.Trainer.Painting;

/// <summary>A class of heroes, which is also its label: what it wears, and what it may carry.</summary>
internal sealed record HeroClass(
    string Label, Part Legs, Part Body, Part Hand, string[] Headgear, string[] Weapons, string[] OffHands)
{
    internal static readonly IReadOnlyList<HeroClass> All =
    [
        new("knight", Parts.Greaves, Parts.Plate, Parts.WeaponGauntlet,
            ["none", "openHelm", "greatHelm"], ["sword", "spear", "mace"], ["none", "kiteShield", "roundShield"]),
        new("mage", Parts.Trousers, Parts.Robe, Parts.WeaponHand,
            ["circlet", "wizardHat", "wizardHat", "hood"], ["staff", "staff", "wand"], ["none", "tome", "flame"]),
        new("ranger", Parts.Trousers, Parts.Tunic, Parts.WeaponHand,
            ["none", "featherCap", "hood"], ["bow", "bow", "spear"], ["none", "quiver"]),
        new("rogue", Parts.Trousers, Parts.Jerkin, Parts.WeaponHand,
            ["bandana", "maskedHood", "none"], ["dagger", "sword"], ["none", "lantern"]),
        new("cleric", Parts.Trousers, Parts.Vestment, Parts.WeaponHand,
            ["none", "mitre", "coif"], ["mace", "crozier", "hammer"], ["none", "tome", "roundShield"]),
        new("barbarian", Parts.BareLegs, Parts.Furs, Parts.WeaponHand,
            ["none", "hornedHelm", "furHat"], ["axe", "club", "hammer"], ["none", "roundShield"]),
    ];
}
