using NormLab.Interview;

namespace NormLab.Tests.Interview;

public class PlainTextTests
{
    [Theory]
    [InlineData(@"\hat x_i=\frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}", "x̂ᵢ = (xᵢ−μ)/√(σ²+ε)")]
    [InlineData(@"\frac1m\sum_{i\in S}x_i", "1/m Σ_(i∈S) xᵢ")]
    [InlineData(@"\mathrm{Var}[x]\approx\tfrac{1}{2}", "Var[x]≈ 1/2")]
    [InlineData(@"\left\lVert w \right\rVert^{-1}", "‖w ‖⁻¹")]
    [InlineData(@"\mathbb{E}[y \mid x] \le 10^{-5}", "𝔼[y | x] ≤ 10⁻⁵")]
    [InlineData(@"\partial L/\partial\hat x^\top, \; N \cdot H", "∂L/∂x̂ᵀ, N · H")]
    [InlineData(@"\text{rank}_{\max} \log n", "rankₘₐₓ log n")]
    [InlineData(@"\prod_{i=1}^n a_i", "Π_(i=1)ⁿ aᵢ")]
    [InlineData(@"\frac{\partial L}{\partial\gamma}-\frac{1}{m\sigma^2}\gamma", "∂L/∂γ−1/(mσ²) γ")]
    [InlineData(@"\operatorname{clip}\frac{\sigma_B}{\sigma_r}", "clip σ_B/σᵣ")]
    [InlineData(@"\operatorname{Var}(x)=\sigma_*^2", "Var(x) = σ*²")]
    [InlineData(@"\underbrace{\tfrac1m\langle g,\hat x\rangle^2}_{(\partial L/\partial\gamma)^2/m}", "1/m ⟨g,x̂⟩² [= (∂L/∂γ)²/m]")]
    [InlineData(@"\nabla_{W_i}L + x_{n,p} + \mu_B", "∇_(Wᵢ)L + x_(n,p) + μ_B")]
    [InlineData(@"\boxed{\gamma\frac{a}{\lVert w\rVert^2}}\overset{\text{Gauss}}{=}\lambda/\sqrt{1+\frac{z}{\lambda_{d-1}}}", "γ a/‖w‖² = [Gauss] λ/√(1+z/λ_(d−1))")]
    [InlineData(@"x_{", "x")]
    [InlineData(@"\frac", "/")]
    public void A_formula_becomes_readable(string latex, string text) => Assert.Equal(text, PlainText.Of($"${latex}$"));

    [Fact]
    public void Displayed_formulas_stand_on_lines_of_their_own() => Assert.Equal(
        "First\n\n    a = b\n    c = d\n    e\n\nlast.",
        PlainText.Of("First\n$$\\begin{aligned}a&=b\\\\\nc&=d\\qquad e\\end{aligned}$$\nlast."));

    [Theory]
    [InlineData("**Two** *words* and `code_*x*`", "Two words and code_*x*")]
    [InlineData("see [BN02-a](02-x.ipynb#part) fails, $a*b$ and $c*d$", "see [BN02-a] fails, a*b and c*d")]
    [InlineData("one\ntwo\n\n- three\n  four\n- five", "one two\n\n- three four\n- five")]
    [InlineData("## Head\ntext", "Head text")]
    [InlineData("a &lt; b<br/>c", "a < bc")]
    [InlineData("```\nx  =  1 *2*\n```", "x  =  1 *2*")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |")]
    public void Marks_go_and_lines_join(string markdown, string text) => Assert.Equal(text, PlainText.Of(markdown));
}
