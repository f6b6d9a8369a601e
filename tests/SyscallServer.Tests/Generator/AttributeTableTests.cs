using System;
using System.Linq;
using Xunit;

namespace SyscallServer.Tests.Generator;

public class AttributeTableTests
{
    [Fact]
    public void Every_setting_of_a_public_attribute_is_in_the_table()
    {
        Type[] attributes = typeof(TcpServerAttribute).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false, Namespace: "SyscallServer" } && type.IsSubclassOf(typeof(Attribute)))
            .ToArray();
        Assert.Contains(typeof(GetAttribute), attributes);
        Assert.All(attributes, attribute => Assert.Equal(
            attribute.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name).Order(StringComparer.Ordinal),
            AttributeTable.Settings(attribute.FullName!).Order(StringComparer.Ordinal)));
    }
}
