using System.Text;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public class NotebookReaderTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("not json", "is not valid JSON (line 1)")]
    [InlineData("[1]", "not an object")]
    [InlineData("""{"cells": []}""", "does not say which nbformat")]
    [InlineData("""{"nbformat": 4}""", "has no list of cells")]
    [InlineData("""{"nbformat": 3, "worksheets": []}""", "is an nbformat 3 notebook, 4 is needed")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code"}]}""", "entry 1 of its 1 cells has no source text")]
    [InlineData("""{"nbformat": 4, "cells": [{"source": "x"}]}""", "does not say its cell_type")]
    [InlineData("""{"nbformat": 4, "cells": [7]}""", "entry 1 of its 1 cells is not a JSON object")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": [{}]}]}""", "has outputs that are not in nbformat's shape")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "execution_count": "1"}]}""", "execution_count")]
    [InlineData("""{"nbformat": 4, "nbformat": 4, "cells": []}""", "is not valid JSON")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\ud83d"}]}""", "not valid Unicode")]
    public void A_file_that_is_no_notebook_is_named_with_what_is_wrong(string text, string problem)
    {
        var refusal = Assert.Throws<NotebookException>(() => NotebookReader.Parse(Encoding.UTF8.GetBytes(text), "folder/a.ipynb"));

        Assert.StartsWith("folder/a.ipynb: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TempFolder();

        var refusal = Assert.Throws<NotebookException>(() => Notebook.Load(folder["a.ipynb"]));

        Assert.Equal($"{folder["a.ipynb"]}: there is no such file", refusal.Message);
    }

    [Fact]
    public void A_byte_order_mark_is_read_over()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. """{"nbformat": 4, "cells": []}"""u8];

        Assert.Empty(NotebookReader.Parse(bytes, "").Cells);
    }
}
