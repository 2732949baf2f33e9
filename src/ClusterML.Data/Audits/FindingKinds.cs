using ClusterML.Data.Errors;
using static ClusterML.Data.Audits.AuditSeverity;

namespace ClusterML.Data.Audits;

/// <summary>Every kind of finding. The codes are a contract: configs accept findings by them.</summary>
public static class FindingKinds
{
    public static readonly FindingKind DuplicateRows = new(
        "duplicate_rows", Severe, "the same row under different ids",
        "A copy in training tells a model the value of its twin in the test set, and counts twice in every mean.",
        "Remove all but one, or merge them; where they are repeated measurements, put them into one group and leave groups out.");

    public static readonly FindingKind NearDuplicateRows = new(
        "near_duplicate_rows", Warning, "rows that differ by rounding only",
        "Rounding does not make a row new: such a copy leaks in the same way as an exact one.",
        "Keep the row with more digits; if the rows are distinct measurements, say so by accepting the finding.");

    public static readonly FindingKind RepeatedFeatures = new(
        "repeated_features", Warning, "the same features with different targets",
        "No model can tell the rows apart, so their spread is an error it cannot go below, and a twin in training leaks.",
        "Average the targets, add the feature that tells the rows apart, or keep the rows in one group.");

    public static readonly FindingKind SameComposition = new(
        "same_composition", Warning, "the same atoms under different ids",
        "X12X and X13 are one cluster; written twice it is counted twice and can stand on both sides of a split.",
        "Keep one of them, or group isomers by their composition and leave groups out.");

    public static readonly FindingKind DuplicateStructures = new(
        "duplicate_structures", Severe, "a rotated, reflected or permuted copy of a structure",
        "The copy is the same cluster: its energy is known from the other row, and two sites that relaxed to one are not two results.",
        "Remove the copy; if two sites should differ, start the relaxation again from the intended site.");

    public static readonly FindingKind PretrainingOverlap = new(
        "pretraining_overlap", Severe, "a cluster of the table is in the pretraining set",
        "The network has seen the energy that it is tested on, so the test measures memory.",
        "Hold the cluster out of pretraining (held_out_hosts), or leave the row out of the table.");

    public static readonly FindingKind TargetInFeatures = new(
        "target_in_features", Severe, "a feature is the target, up to a straight line",
        "The model is handed the answer; every score is void.",
        "Take the column out of the features.");

    public static readonly FindingKind TargetNameInFeatures = new(
        "target_name_in_features", Warning, "a feature carries the name of a target",
        "A column named after the target is often computed from it.",
        "Check where the column comes from; rename it or take it out.");

    public static readonly FindingKind SingleFeaturePredictor = new(
        "single_feature_predictor", Warning, "one feature predicts the target almost alone",
        "Such a feature is either a result in disguise or makes every other one, and the model, idle.",
        "Check that the feature is known before the target is; if it is, compare with that feature alone.");

    public static readonly FindingKind ConstantColumn = new(
        "constant_column", Warning, "a feature with one value",
        "It says nothing about any row, and what a model learns from it holds for this value only.",
        "Leave it out, or add rows in which it varies.");

    public static readonly FindingKind ConstantTarget = new(
        "constant_target", Warning, "a target with one value",
        "Every model repeats the value: an error of 0 and full coverage by intervals of width 0 say nothing.",
        "Check the column; leave the target out, or add rows in which it varies.");

    public static readonly FindingKind IdLikeColumn = new(
        "id_like_column", Warning, "a feature that numbers or names the rows",
        "A model can learn rows by heart through it, and it means nothing for a new row.",
        "Give the column the role id, or leave it out.");

    public static readonly FindingKind OutsidePretrainingRange = new(
        "outside_pretraining_range", Warning, "values that pretraining never saw",
        "The frozen network extrapolates there; its embedding of these rows rests on nothing it learnt.",
        "Pretrain on rows that cover the range, or read results on these rows with care.");

    public static readonly FindingKind UnseenCategory = new(
        "unseen_category", Warning, "categories that pretraining never saw",
        "The embedding of such a category is still at its random first value.",
        "Add rows with it to pretraining, or leave these rows out and say so.");

    public static readonly FindingKind UntrainedToken = new(
        "untrained_token", Severe, "features that are constant in pretraining and vary in the table",
        "The weights of such a token never had anything to learn from, so the frozen network mixes a random direction into every row.",
        "Vary the feature in pretraining (masking noise, rows of pairs), un-freeze those tokens, or give the head the raw features beside the embedding.");

    public static readonly FindingKind SupportUnknown = new(
        "support_unknown", Note, "the backbone does not say what it was trained on",
        "Overlap with pretraining, ranges, unseen categories and untrained tokens could not be checked.",
        "Pretrain again with this version, which writes support.json beside the weights.");

    public static readonly FindingKind SplitOverlap = new(
        "split_overlap", Severe, "a row is in training and in the test set",
        "The model is tested on what it was fitted to.",
        "Make the lists of the split disjoint.");

    public static readonly FindingKind DuplicateAcrossSplit = new(
        "duplicate_across_split", Severe, "copies of a row on both sides of a split",
        "The test row's value stands in training under another id.",
        "Remove the copies, or split by a group that keeps them together.");

    public static readonly FindingKind DuplicateAcrossFolds = new(
        "duplicate_across_folds", Warning, "copies of a row in different folds of the intervals",
        "The out-of-fold error of a copy is too small, so the intervals come out too narrow.",
        "Remove the copies.");

    public static readonly FindingKind GroupAcrossSplit = new(
        "group_across_split", Severe, "a group that should be left out is also in training",
        "The protocol promises an unseen group and does not keep the promise.",
        "Make the split again from the group column.");

    public static readonly FindingKind SharedGroups = new(
        "shared_groups", Note, "random folds cut through groups",
        "Rows of one group tell about each other, so errors on random folds are optimistic for a new group.",
        "Leave groups out as well (leave_one_group_out), and report that result.");

    public static readonly FindingKind GroupIsRowId = new(
        "group_is_row_id", Warning, "a group column with (nearly) one row a group",
        "Leaving such a group out is leaving a row out: it says nothing about new groups.",
        "Use a coarser column, such as the host, the family or the source.");

    public static readonly FindingKind UnseenGroupInTest = new(
        "unseen_group_in_test", Note, "test rows of groups that training lacks",
        "There the model extrapolates, and intervals promise nothing.",
        "None, where that is the question; else choose another protocol.");

    public static readonly FindingKind MixedFingerprints = new(
        "mixed_fingerprints", Severe, "energies of different methods in one table",
        "Differences between methods are as large as what is to be predicted.",
        "Keep one method (table.fingerprint), or make one table of each.");

    public static readonly FindingKind UnconvergedRows = new(
        "unconverged_rows", Severe, "a row rests on a calculation that did not converge",
        "Its energy is not that of a minimum, or of no self-consistent state at all.",
        "Run it on to convergence, or leave the row out.");

    public static readonly FindingKind LooseRelaxation = new(
        "loose_relaxation", Warning, "a row rests on a relaxation that stopped early",
        "The energy is too high by an amount that differs from row to row; in a reference it shifts every row of a host.",
        "Run the relaxation on until its forces are below the usual limit.");

    public static readonly FindingKind NetForce = new(
        "net_force", Warning, "forces on a cluster that do not add up to nothing",
        "The grid does not resolve its density: the energy depends on where the atoms are on the grid, and a relaxation follows the grid.",
        "Compute it with a higher cutoff, or with the density augmented around the atoms.");

    public static readonly FindingKind PilotRows = new(
        "pilot_rows", Warning, "a row rests on a calculation of the trial phase",
        "Its thresholds are looser than those of the final recipe.",
        "Repeat it with the final recipe.");

    public static readonly FindingKind MixedSpin = new(
        "mixed_spin", Warning, "spin-restricted and spin-polarised clusters in one table",
        "Polarisation lowers the energy of some rows and not of others.",
        "Treat all clusters alike.");

    public static readonly FindingKind SpinRestrictedMagnetic = new(
        "spin_restricted_magnetic", Note, "magnetic elements in spin-restricted clusters",
        "Without polarisation their energy is too high; by how much was not computed.",
        "Repeat some of them spin-polarised and state the difference.");

    public static readonly FindingKind MissingReference = new(
        "missing_reference", Warning, "clusters that have no reference energy",
        "They are computed and cannot become rows.",
        "Compute the free atom or the X12 that is named, with the same method.");

    public static readonly FindingKind IdentityViolation = new(
        "identity_violation", Severe, "columns that contradict each other",
        "By definition they obey an equation; where they do not, one of the numbers is wrong.",
        "Go back to the source of the row and correct the number, or leave the row out.");

    public static readonly FindingKind UnboundCluster = new(
        "unbound_cluster", Severe, "a binding energy that is not negative",
        "A cluster with it would fall apart: the sign, a reference or the calculation is wrong.",
        "Check the sign convention and the free-atom energies.");

    public static readonly FindingKind BoundBeyondBulk = new(
        "bound_beyond_bulk", Warning, "a cluster bound more strongly than its bulk metal",
        "A small cluster has surface atoms and few bonds, so it is bound more weakly than the bulk.",
        "Check the unit (per atom, not per cluster) and the free-atom energy.");

    public static readonly FindingKind ImplausibleBond = new(
        "implausible_bond", Warning, "a shortest bond that no metal has",
        "Lengths in Bohr that were read as Angstrom look like this, and every geometric quantity of the cluster is wrong then.",
        "Check the unit of the positions at the source, and import them again.");

    public static readonly FindingKind ImplausibleEnergy = new(
        "implausible_energy", Warning, "a binding energy of another order of magnitude than that of a metal",
        "Energies in Hartree or Rydberg that were read as eV look like this, and so does a cluster in another unit than its free atoms.",
        "Check the unit of the energies at the source, and import them again.");

    public static readonly FindingKind EnergyCurveKink = new(
        "energy_curve_kink", Warning, "an energy that does not follow its neighbours in size",
        "A jump of electronvolts in E(N) means that one of the sizes is not at its lowest structure.",
        "Search for a lower structure of the size, or drop it and the size whose difference it enters.");

    public static readonly FindingKind TargetOutlier = new(
        "target_outlier", Note, "a target far outside the spread of the others",
        "A slip of a digit or of a unit looks like this; so does a rare truth.",
        "Check the row at its source.");

    public static readonly FindingKind InvalidWeights = new(
        "invalid_weights", Severe, "weights that are not above zero",
        "A weight of zero or below, or none at all, has no meaning in a sum of squares.",
        "Give every row a positive weight; leave out rows that should not count.");

    public static readonly FindingKind UnevenWeights = new(
        "uneven_weights", Warning, "a few rows carry nearly all the weight",
        "The fit rests on these rows alone, and errors over all rows do not show it.",
        "Check the unit and the meaning of the weights.");

    public static readonly FindingKind UnreadableCells = new(
        "unreadable_cells", Severe, "cells that are not what their column holds",
        "A loader of the table refuses them, and checks that need the column pass it over.",
        "Correct the cell; leave it empty where a value is missing.");

    public static readonly FindingKind RowsLeftOut = new(
        "rows_left_out", Note, "rows of the source that are not in the table",
        "Only what is in the table was audited in full, and is trained on.",
        "None, where the reasons are right; else complete the calculations, or choose others (--max-force, --max-reference-force, --fingerprint, --per-host).");

    public static readonly FindingKind FewRows = new(
        "few_rows", Note, "few rows",
        "Scores and coverages of a table this small change a lot from draw to draw.",
        "Read the intervals beside the scores; add rows.");

    public static readonly FindingKind ImputedProperties = new(
        "imputed_properties", Note, "element properties that were imputed",
        "The value stands for a measurement that the element table's first source lacks.",
        "None needed; elements.sources.md gives the rule and the source of each.");

    public static readonly FindingKind UnusedAcceptance = new(
        "unused_acceptance", Note, "an accepted finding that is not there",
        "The entry outlived its reason, and would let the finding pass unseen if it came back.",
        "Remove the entry from audit.accept.");

    /// <summary>All kinds, in the order of the documentation.</summary>
    public static IReadOnlyList<FindingKind> All { get; } =
    [
        DuplicateRows, NearDuplicateRows, RepeatedFeatures, SameComposition, DuplicateStructures, PretrainingOverlap,
        TargetInFeatures, TargetNameInFeatures, SingleFeaturePredictor, ConstantColumn, ConstantTarget, IdLikeColumn,
        UntrainedToken, UnseenCategory, OutsidePretrainingRange, SupportUnknown,
        SplitOverlap, DuplicateAcrossSplit, DuplicateAcrossFolds, GroupAcrossSplit, SharedGroups, GroupIsRowId, UnseenGroupInTest,
        MixedFingerprints, UnconvergedRows, LooseRelaxation, NetForce, PilotRows, MixedSpin, SpinRestrictedMagnetic, MissingReference,
        IdentityViolation, UnboundCluster, BoundBeyondBulk, ImplausibleBond, ImplausibleEnergy, EnergyCurveKink, TargetOutlier,
        InvalidWeights, UnevenWeights, UnreadableCells, RowsLeftOut, FewRows, ImputedProperties, UnusedAcceptance,
    ];

    /// <summary>That there is no kind with this code, and which may have been meant.</summary>
    public static string Unknown(string code) =>
        $"there is no finding {code} {(NearestName.Of(code, All.Select(k => k.Code)) is { } near ? $"(did you mean {near}?)" : "(docs/audit.md lists them)")}";

    /// <summary>The kind with this code, or null.</summary>
    public static FindingKind? Find(string code) => All.FirstOrDefault(k => k.Code == code);
}
