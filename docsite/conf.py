"""How Sphinx makes the site; `docsite.build` gathers the pages and runs it."""

from __future__ import annotations

import ncriteria

project = "ncriteria"
author = "the ncriteria developers"
project_copyright = "the ncriteria developers, Apache License 2.0"
version = release = ncriteria.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton", "docsite.extension"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
exclude_patterns: list[str] = []
nitpicky = True
# Names of other libraries, whose pages are not looked up in the network; variables of types, and names of unions.
nitpick_ignore_regex = [
    ("py:.*", r"(collections|datetime|decimal|enum|fractions|gettext|pathlib|typing|narwhals|hypothesis)\..*"),
    ("py:.*", r"(.*\.)?(T|IntoFrameT)"),
    ("py:.*", r"Value|ParameterValue|Period|(.*\.)?LoweredClause|Library|t\.Expr"),
]

myst_heading_anchors = 4
myst_heading_slug_func = "docsite.anchors.slug"

# Docstrings write code between single marks, as Markdown does.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "ncriteria"
html_show_sourcelink = False
html_copy_source = False
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
html_static_path = ["static"]
html_css_files = ["site.css"]
