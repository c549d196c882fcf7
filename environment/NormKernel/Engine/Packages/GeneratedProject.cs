using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace NormKernel.Engine.Packages;

/// <summary>The project that stands for a session's packages, so that NuGet itself resolves them.</summary>
public static class GeneratedProject
{
    /// <summary>The file into which the project writes where its referenced projects' assemblies lie.</summary>
    public const string OutputsFile = "outputs.txt";

    /// <param name="configRoot">The folder from which NuGet looks upwards for NuGet.Config.</param>
    /// <param name="packages">What comes from package sources.</param>
    /// <param name="projects">Project files that stand in for packages.</param>
    public static string Text(string configRoot, IEnumerable<PackageRequest> packages, IEnumerable<string> projects) =>
        new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
                new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
                new XElement("SelfContained", "false"),
                new XElement("UseAppHost", "false"),
                new XElement("NuGetAudit", "false"),
                new XElement("RestoreRootConfigDirectory", configRoot)),
            new XElement("ItemGroup", packages.Select(Reference)),
            new XElement("ItemGroup", projects.Select(project => new XElement("ProjectReference", new XAttribute("Include", project)))),
            OutputsTarget("BuildProjects", "Build"),
            OutputsTarget("ListProjects", "GetTargetPath")).ToString();

    /// <summary>Keeps files of parent folders (central package versions among them) from applying to the project.</summary>
    public static void WriteShields(string folder)
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, name), "<Project />\n");
    }

    private static XElement Reference(PackageRequest package) =>
        new("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", package.Version ?? "*"));

    private static XElement OutputsTarget(string name, string target) => new(
        "Target",
        new XAttribute("Name", name),
        new XElement(
            "MSBuild",
            new XAttribute("Projects", "@(ProjectReference)"),
            new XAttribute("Targets", target),
            new XAttribute("Properties", "Configuration=Release"),
            new XElement("Output", new XAttribute("TaskParameter", "TargetOutputs"), new XAttribute("ItemName", "Built"))),
        new XElement("WriteLinesToFile", new XAttribute("File", OutputsFile), new XAttribute("Lines", "@(Built)"), new XAttribute("Overwrite", "true")));
}
