// dmgcmd.exe of the stand-in for SHIR, and diacmd.exe, which is a copy of it. No Microsoft code.

using System;

namespace StandIn
{
    internal static class Program
    {
        private static int Main(string[] arguments)
        {
            try
            {
                return Commands.Run(arguments, new WindowsMachine(), Console.Out);
            }
            catch (Exception failure)
            {
                Console.Error.WriteLine(failure);
                return 1;
            }
        }
    }
}
