namespace SyscallServer.Internal.Contract;

/// <summary>
/// Where in a file a placeholder such as <c>${NAME}</c> stands, and so how its value is written there. The build finds the places and puts their numbers into the manifest of the assets; the generator refuses those
/// that no value is safe at, and the engine writes by the others.
/// </summary>
internal enum PlaceholderPlace
{
    /// <summary>Text in which no character means anything else.</summary>
    Plain = 0,

    /// <summary>Text, or a quoted value of an attribute, of HTML and XML.</summary>
    Markup = 1,

    /// <summary>A string of JavaScript, in quotes or as a template literal, or one of JSON; also within HTML.</summary>
    Script = 2,

    /// <summary>A quoted string of CSS.</summary>
    Style = 3,

    /// <summary>The beginning of an address in an attribute of HTML and XML.</summary>
    Url = 4,

    /// <summary>The host, or the port, of an address there.</summary>
    UrlHost = 5,

    /// <summary>Any other part of an address there.</summary>
    UrlPart = 6,

    /// <summary>What is less than this can be written.</summary>
    FirstRefused = 9,

    /// <summary>Outside of a string, where a value would be code.</summary>
    Code = 10,

    /// <summary>In a comment.</summary>
    Comment = 11,

    /// <summary>In a tag, outside of the quoted values of attributes.</summary>
    Tag = 12,

    /// <summary>In an attribute whose value is code, or a list of addresses.</summary>
    Attribute = 13,

    /// <summary>In an address that begins with another scheme than that of a page.</summary>
    Scheme = 14,

    /// <summary>In an element, or a tagged template literal, whose content only its reader understands.</summary>
    Raw = 15,

    /// <summary>Behind something that can be read in two ways.</summary>
    Unclear = 16,

    /// <summary>It has a colon, and behind it something else than <c>-</c> and a default value.</summary>
    Malformed = 17,

    /// <summary>In a file that is no UTF-8.</summary>
    NotUtf8 = 18,

    /// <summary>In a file of another type than those that are understood.</summary>
    UnknownType = 19,
}
