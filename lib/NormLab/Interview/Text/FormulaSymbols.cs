namespace NormLab.Interview;

/// <summary>What LaTeX commands are in plain text.</summary>
internal static class FormulaSymbols
{
    public static readonly IReadOnlyDictionary<string, string> Commands = Pairs("""
        alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ
        sigma σ tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Sigma Σ Phi Φ Psi Ψ Omega Ω
        sum Σ prod Π int ∫ partial ∂ nabla ∇ infty ∞ cdot · cdots ⋯ dots … ldots … times × odot ⊙ otimes ⊗ circ ∘ pm ± mp ∓
        le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ~ simeq ≃ equiv ≡ propto ∝ in ∈ notin ∉ subset ⊂ cup ∪ cap ∩
        to → rightarrow → Rightarrow ⇒ implies ⇒ leftarrow ← mapsto ↦ iff ⇔ forall ∀ exists ∃ mid | vert | lvert | rvert |
        Vert ‖ lVert ‖ rVert ‖ | ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ perp ⊥ parallel ∥ top ⊤ prime ′ star ⋆ ast *
        ell ℓ { { } } % % $ $ & & # # _ _
        """);

    /// <summary>Commands that only set type or sizes of what follows.</summary>
    public static readonly IReadOnlySet<string> WithoutText = new HashSet<string>
    {
        "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "displaystyle", "textstyle", "limits", "nolimits", "boxed", "!",
        "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "boldsymbol", "text", "textbf",
    };

    public static readonly IReadOnlySet<string> Spaces = new HashSet<string> { ",", ";", ":", " ", "quad" };

    /// <summary>Accents, as characters that combine with the one before.</summary>
    public static readonly IReadOnlyDictionary<string, string> Accents = Pairs("""
        hat ̂ widehat ̂ bar ̄ overline ̄ tilde ̃ widetilde ̃ dot ̇ ddot ̈ vec ⃗
        """);

    public static readonly IReadOnlyDictionary<string, string> Blackboard = Pairs("E 𝔼 R ℝ N ℕ Z ℤ P ℙ 1 𝟙");

    public static readonly IReadOnlyDictionary<string, string> Superscripts =
        Pairs("0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹ + ⁺ - ⁻ ( ⁽ ) ⁾ n ⁿ i ⁱ k ᵏ l ˡ m ᵐ t ᵗ T ᵀ ⊤ ᵀ * * ′ ′");

    public static readonly IReadOnlyDictionary<string, string> Subscripts =
        Pairs("0 ₀ 1 ₁ 2 ₂ 3 ₃ 4 ₄ 5 ₅ 6 ₆ 7 ₇ 8 ₈ 9 ₉ + ₊ - ₋ ( ₍ ) ₎ a ₐ e ₑ h ₕ i ᵢ j ⱼ k ₖ l ₗ m ₘ n ₙ o ₒ p ₚ r ᵣ s ₛ t ₜ u ᵤ v ᵥ x ₓ * *");

    private static Dictionary<string, string> Pairs(string words) =>
        words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
