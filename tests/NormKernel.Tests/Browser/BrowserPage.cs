using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NormKernel.Tests.Browser;

/// <summary>A page in a browser, used as a person would: by mouse and keyboard, and looked at.</summary>
public sealed class BrowserPage
{
    private readonly DevTools tools;
    private readonly string session;
    private readonly CancellationToken cancellation;
    private readonly ConcurrentQueue<string> problems = [];

    private BrowserPage(DevTools tools, string session, CancellationToken cancellation)
    {
        (this.tools, this.session, this.cancellation) = (tools, session, cancellation);
        tools.Event += Note;
    }

    /// <summary>Errors on the console, uncaught exceptions, and files that did not load.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    public static async Task<BrowserPage> Open(BrowserProcess browser, string address, CancellationToken cancellation)
    {
        var target = await browser.Tools.Send("Target.createTarget", new() { ["url"] = "about:blank" }, session: null, cancellation);
        var attached = await browser.Tools.Send(
            "Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, session: null, cancellation);
        var page = new BrowserPage(browser.Tools, attached["sessionId"]!.GetValue<string>(), cancellation);
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
            await page.Send($"{domain}.enable");
        await page.Go(address);
        return page;
    }

    public async Task Go(string address)
    {
        await Send("Page.navigate", new() { ["url"] = address });
        // Servers may take tokens out of the address.
        await Until($"location.href.split('?')[0] === {Quoted(address.Split('?')[0])} && document.readyState === 'complete'");
    }

    /// <summary>The value of a JavaScript expression, promises awaited.</summary>
    public async Task<JsonNode?> Value(string expression)
    {
        var result = await Send("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return result["exceptionDetails"] is { } error
            ? throw new InvalidOperationException($"{expression}: {error["exception"]?["description"] ?? error["text"]}")
            : result["result"]!["value"]?.DeepClone();
    }

    public async Task<string> Text(string expression) => (await Value(expression))?.ToString() ?? "";

    /// <summary>Waits for an expression to become true.</summary>
    public async Task Until(string expression, int seconds = 60)
    {
        for (var wait = Stopwatch.StartNew(); ; await Task.Delay(100, cancellation))
        {
            if (await Value($"!!({expression})") is { } value && value.GetValue<bool>())
                return;
            if (wait.Elapsed.TotalSeconds > seconds)
                throw new TimeoutException($"{seconds} s have passed and this is not so: {expression}. Problems of the page: {string.Join(" | ", problems)}");
        }
    }

    /// <summary>Clicks the middle of an element with the mouse, or another place of it (0 to 1 from the left).</summary>
    public async Task Click(string element, double across = 0.5)
    {
        var place = await Value($"(() => {{ const e = {element}; e.scrollIntoView({{block: 'center', behavior: 'instant'}}); const b = e.getBoundingClientRect(); return [b.left + {across} * b.width, b.top + b.height / 2]; }})()");
        foreach (var type in new[] { "mouseMoved", "mousePressed", "mouseReleased" })
        {
            await Send("Input.dispatchMouseEvent", new()
            {
                ["type"] = type,
                ["x"] = place![0]!.DeepClone(),
                ["y"] = place[1]!.DeepClone(),
                ["button"] = type == "mouseMoved" ? "none" : "left",
                ["clickCount"] = type == "mouseMoved" ? 0 : 1,
            });
        }
    }

    /// <summary>Types text where the keyboard is.</summary>
    public async Task Type(string text)
    {
        foreach (var letter in text)
        {
            await Send("Input.dispatchKeyEvent", new() { ["type"] = "keyDown", ["key"] = $"{letter}", ["text"] = $"{letter}" });
            await Send("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = $"{letter}" });
        }
    }

    /// <summary>Presses a key without a letter, such as ArrowRight.</summary>
    public async Task Press(string key, int code)
    {
        foreach (var type in new[] { "rawKeyDown", "keyUp" })
            await Send("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
    }

    /// <summary>What is to be seen now, where NORM_SCREENSHOTS names a folder: for a person who wants to look.</summary>
    public async Task Photograph(string name)
    {
        if (Environment.GetEnvironmentVariable("NORM_SCREENSHOTS") is not { Length: > 0 } folder)
            return;

        var picture = await Send("Page.captureScreenshot", new() { ["format"] = "png" });
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), Convert.FromBase64String(picture["data"]!.GetValue<string>()), cancellation);
    }

    public static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private Task<JsonObject> Send(string method, JsonObject? parameters = null) => tools.Send(method, parameters, session, cancellation);

    private void Note(string name, string? from, JsonObject about)
    {
        if (from != session)
            return;

        var problem = name switch
        {
            "Runtime.exceptionThrown" => about["exceptionDetails"]?["exception"]?["description"]?.ToString() ?? about["exceptionDetails"]?["text"]?.ToString(),
            "Runtime.consoleAPICalled" when about["type"]?.ToString() == "error" => string.Join(" ", about["args"]!.AsArray().Select(part => part?["value"] ?? part?["description"])),
            "Log.entryAdded" when about["entry"]?["level"]?.ToString() == "error" => $"{about["entry"]!["text"]} {about["entry"]!["url"]}",
            "Network.loadingFailed" when about["canceled"]?.GetValue<bool>() != true => $"not loaded: {about["type"]} {about["errorText"]}",
            _ => null,
        };
        if (problem is not null)
            problems.Enqueue(problem);
    }
}
