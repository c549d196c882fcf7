"""The kernel under Debian's Jupyter: its own test suite (jupyter_kernel_test), and nbclient.

Run by .ci/jupyter, which registers the kernel first.
"""

import time
import unittest

import jupyter_kernel_test
import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

KERNEL = "normkernel"
SOON = 10  # seconds


class Suite(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    completion_samples = [{"text": "Console.WriteL", "matches": {"WriteLine"}}, {"text": "Math.Sq", "matches": {"Sqrt"}}]
    complete_code_samples = ["1", "var a = 1;", "void F() { }"]
    incomplete_code_samples = ["void F() {", "F(1,"]
    invalid_code_samples = ["int = 1;"]
    code_generate_error = 'throw new InvalidOperationException("no");'
    code_execute_result = [{"code": "1 + 2 + 3", "result": "6"}, {"code": '"a" + "b"', "result": "ab"}]
    code_display_data = [{"code": "6.Display();", "mime": "text/plain"}]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.Sqrt"


class Interruption(unittest.TestCase):
    """What a front end does when somebody presses stop."""

    def test_a_busy_cell_is_interrupted_and_the_next_one_runs(self):
        manager, client = start_new_kernel(kernel_name=KERNEL)
        try:
            for code in ("while (true) { }", "System.Threading.Thread.Sleep(60_000);", "await Task.Delay(60_000);"):
                client.execute(code)
                time.sleep(0.5)
                manager.interrupt_kernel()
                reply = client.get_shell_msg(timeout=SOON)
                self.assertEqual(reply["content"]["ename"], "Interrupted", code)
            client.execute("1 + 1")
            self.assertEqual(client.get_shell_msg(timeout=SOON)["content"]["status"], "ok")
        finally:
            client.stop_channels()
            manager.shutdown_kernel()
        self.assertFalse(manager.is_alive())


class Client(unittest.TestCase):
    """nbclient, on which nbconvert, papermill and others are built."""

    def execute(self, *sources, **options):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells)
        return NotebookClient(notebook, kernel_name=KERNEL, timeout=SOON * 6, **options).execute()

    def test_values_text_and_counts_are_stored(self):
        notebook = self.execute("var x = 20;", 'Console.WriteLine("héllo 😀"); x + 1')
        self.assertEqual([cell.execution_count for cell in notebook.cells], [1, 2])
        stream, result = notebook.cells[1].outputs
        self.assertEqual((stream.text, result.data["text/plain"]), ("héllo 😀\n", "21"))

    def test_an_update_replaces_what_was_shown(self):
        notebook = self.execute('var shown = "first".Display(); shown.Update("second");')
        self.assertEqual([output.data["text/plain"] for output in notebook.cells[0].outputs], ["second"])

    def test_an_error_names_cell_and_line(self):
        with self.assertRaises(CellExecutionError) as caught:
            self.execute("1", "var a = 1;\nthrow new Exception();")
        self.assertIn("cell 2, line 2", str(caught.exception))


if __name__ == "__main__":
    unittest.main(verbosity=2)
