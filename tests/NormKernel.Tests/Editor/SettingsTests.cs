using System.Text.Json;
using System.Text.RegularExpressions;

namespace NormKernel.Tests.Editor;

/// <summary>The files for editors and containers, which nothing here can run: that they parse, and that what they name is there.</summary>
public partial class SettingsTests
{
    private static readonly string Root = Repository.FindRoot(AppContext.BaseDirectory)!;

    [Theory]
    [InlineData(".devcontainer/devcontainer.json")]
    [InlineData(".vscode/extensions.json")]
    [InlineData(".vscode/tasks.json")]
    [InlineData(".vscode/launch.json")]
    public void A_settings_file_is_strict_json_and_the_projects_that_it_names_exist(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, name)), new JsonDocumentOptions { AllowDuplicateProperties = false });

        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        Assert.All(ProjectPlace().Matches(json.RootElement.GetRawText()), match => Assert.True(Path.Exists(Path.Combine(Root, match.Value)), match.Value));
    }

    [Fact]
    public void The_container_is_built_from_a_stage_that_the_Dockerfile_has_with_an_argument_that_it_takes()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, ".devcontainer", "devcontainer.json")));
        var build = json.RootElement.GetProperty("build");
        var dockerfile = File.ReadAllText(Path.GetFullPath(Path.Combine(Root, ".devcontainer", build.GetProperty("dockerfile").GetString()!)));

        Assert.Contains($" AS {build.GetProperty("target").GetString()}\n", dockerfile, StringComparison.Ordinal);
        Assert.All(build.GetProperty("args").EnumerateObject(), argument => Assert.Contains($"\nARG {argument.Name}=", dockerfile, StringComparison.Ordinal));
        Assert.Contains($"useradd --create-home --uid 1000 --shell /bin/bash {json.RootElement.GetProperty("remoteUser").GetString()}\n", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_of_a_task_is_one_that_the_program_has()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, ".vscode", "tasks.json")));
        var commands = Directory.GetFiles(Path.Combine(Root, "environment", "NormKernel", "Commands"), "*Command.cs")
            .Select(path => Path.GetFileNameWithoutExtension(path).Replace("Command", "", StringComparison.Ordinal).ToLowerInvariant());
        var used = json.RootElement.GetProperty("tasks").EnumerateArray()
            .Select(task => task.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!).SkipWhile(argument => argument != "--").Skip(1).FirstOrDefault())
            .OfType<string>().Distinct();

        Assert.Empty(used.Except(commands));
    }

    [GeneratedRegex(@"environment/NormKernel|NormNotebooks\.sln")]
    private static partial Regex ProjectPlace();
}
